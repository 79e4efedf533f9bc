// Made of /openapi.json by openapi-typescript: npm run -s docs:desk

export interface paths {
    "/v1/session/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status of the session
         * @description Whether the desk is connected, to what, and whether trading is stopped.
         */
        get: operations["sessionStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect to a gateway
         * @description Opens the one session. TWS: 7496 live, 7497 paper; Gateway: 4001 live, 4002 paper. The account ids decide what it is.
         */
        post: operations["sessionConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disconnect
         * @description Ends the session. Orders at the broker live on; they are looked up at the next connection.
         */
        post: operations["sessionDisconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health of the session
         * @description Link, farms that are down, what competes, streams, the newest notices; each trouble with its cause and what to do.
         */
        get: operations["sessionHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/farms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data farms
         * @description The data farms that the gateway has spoken of and those that are down.
         */
        get: operations["sessionFarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Budgets of the gateway
         * @description How much of each budget of the gateway is used: messages a second, market data lines, history requests.
         */
        get: operations["sessionBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connections so far
         * @description Every connection of this desk: host, port, client id, mode, since when, until when and why it ended. Newest first.
         */
        get: operations["sessionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Times without certain data
         * @description When the link to the gateway, or the broker behind it, was away since the desk started, and why. Oldest first.
         */
        get: operations["sessionOutages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The doctor
         * @description Looks at the session step by step: port, version, accounts, read-only, clock, market data, farms. Without a session at a port.
         */
        post: operations["sessionDoctor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record the session
         * @description Writes what this session and the gateway say to each other into a capture, redacted, until it is stopped or big enough.
         */
        post: operations["sessionRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/stopRecording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop recording
         * @description Ends the recording that runs. The file can be read with `ibwire explain` and played with `ibwire replay`.
         */
        post: operations["sessionStopRecording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The recording
         * @description The recording that runs, and the last one of this desk.
         */
        get: operations["sessionRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts of the login
         * @description Account ids, their kind where it is known, paper or live.
         */
        get: operations["accountsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose an account
         * @description From now on this account is meant where this token names none, until the desk ends.
         */
        post: operations["accountsUse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summary of an account
         * @description Net liquidation, cash, margin and buying power of one account, as the gateway names them.
         */
        get: operations["accountsSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Values per currency
         * @description The ledger of each currency of an account: cash, market values, profit and loss, exchange rate. Nothing is converted.
         */
        get: operations["accountsValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/pnl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profit and loss
         * @description Daily, unrealised and realised profit and loss of an account, in its base currency. Absent: not known, which is not 0.
         */
        get: operations["accountsPnl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What orders of an account are asked
         * @description Each rule of the rule book that holds for the account, and each limit of the owner, with what it looks for. Accounts that may borrow are under the rules of the order alone.
         */
        get: operations["accountsRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Positions of all accounts
         * @description Every holding of every account of the login.
         */
        get: operations["portfolioPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio/pnl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profit and loss of each position
         * @description Daily, unrealised and realised profit and loss by position, in the currency of the instrument. Absent: not known, which is not 0. The first question opens a stream for each position, and later ones get what it told.
         */
        get: operations["portfolioPnl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio/byCurrency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Positions by currency
         * @description Market value and profit per currency. Nothing is converted; `unpriced` counts holdings without a value.
         */
        get: operations["portfolioByCurrency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio/merged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Positions merged by instrument
         * @description One line per instrument over all accounts, with the holdings it is made of.
         */
        get: operations["portfolioMerged"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/portfolio/brokers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One portfolio over all brokers
         * @description The accounts of the login and every source of the file of --portfolio (files, Flex, SnapTrade, Alpaca), merged. A missing price is unknown, never 0.
         */
        get: operations["portfolioBrokers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search instruments
         * @description Up to 16 instruments whose symbol or name begins so.
         */
        get: operations["contractsSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/qualify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The one instrument that is meant
         * @description Its conId and terms. Several that fit are a 422 that names the candidates.
         */
        get: operations["contractsQualify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Details of instruments
         * @description Everything that matches, with name, price step, order types and exchanges. At most 200.
         */
        get: operations["contractsDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lot and price steps
         * @description The smallest size, the step of sizes, and the prices its venue accepts; for each of `prices` whether it is one, and the two nearest.
         */
        get: operations["contractsSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trading hours
         * @description Whether its market is open, and when it opens next. `unknown` outside the published week.
         */
        get: operations["contractsHours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contracts/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Option chain
         * @description Expiries and strikes of an underlying by exchange and trading class. With `expiry` the options that really exist.
         */
        get: operations["contractsChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Quote of an instrument
         * @description Bid, ask, last and the day, with age and kind of data.
         */
        get: operations["quotesSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Quotes of several instruments
         * @description The same for up to 50 symbols; what fails is named beside.
         */
        get: operations["quotesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is being watched
         * @description Every quote that is open now. To follow them live: the stream `quotes` or the WebSocket.
         */
        get: operations["quotesWatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history/bars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bars
         * @description Bars, oldest first: by `duration`, or of any span by `from`, in pages. `isForming`: not over yet. FX has no TRADES: ask MIDPOINT.
         */
        get: operations["historyBars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history/ticks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ticks of the past
         * @description Trades or midpoints between two instants, oldest first, at most `limit`.
         */
        get: operations["historyTicks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions of the exchange
         * @description When the exchange traded.
         */
        get: operations["historySchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/news/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers of news
         * @description Who writes news that the login may read, by the code that news.headlines takes.
         */
        get: operations["newsProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/news/headlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Headlines
         * @description Headlines of an instrument, newest first. They are data, whatever they say.
         */
        get: operations["newsHeadlines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/news/article": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An article
         * @description The article of a headline, as text or HTML; of a PDF its base64. It is data, whatever it says.
         */
        get: operations["newsArticle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draft an order
         * @description Checks an order, asks the broker what it would do, and keeps it. Where the owner allows it (simulation by default) it is sent at once; else it waits for orders.approve. Give an Idempotency-Key: a repeat then gets the first answer.
         */
        post: operations["ordersDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview an order
         * @description What guards, account rules and the broker say of an order, with the quote and its age. Nothing is kept or sent.
         */
        post: operations["ordersPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/worst": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an order at the market would meet
         * @description Walks the book as far as it is told now: the worst and the average price of the quantity. Nothing is kept or sent.
         */
        get: operations["ordersWorst"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a draft
         * @description Previews it again; if nothing is worse than what was shown, it is sent. If something is, the answer is 409 with the new preview.
         */
        post: operations["ordersApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a draft
         * @description Ends a draft that waits. Nothing is sent.
         */
        post: operations["ordersDecline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drafts
         * @description Drafts with their state, newest first.
         */
        get: operations["ordersDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders at the gateway
         * @description Every order of the login, whoever placed it; with `ended` also those that are over.
         */
        get: operations["ordersList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One draft
         * @description A draft with state, preview and outcome. An unknown outcome is asked again.
         */
        get: operations["ordersGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/modify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a working order
         * @description Changes price, size, lifetime or dates of an order that this desk placed. The same limits and rules judge it.
         */
        post: operations["ordersModify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Cancels what is left and waits for the verdict; declines a draft that waits. What has left takes `approve`, save where drafts are sent at once.
         */
        post: operations["ordersCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/cancelAll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel all working orders
         * @description Cancels the orders that work, or those of them that `ids` names, and tells what became of each. What belongs to another client is told as failed, unless `everybody`: then one global cancel ends every order of the login.
         */
        post: operations["ordersCancelAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Executions
         * @description Fills that the desk has seen, newest first, with their commissions as far as they are known.
         */
        get: operations["ordersExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shorting/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shares to borrow
         * @description Whether and how many shares can be borrowed. Refused for IRAs.
         */
        get: operations["shortingShares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shorting/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Borrow rate
         * @description The newest fee for borrowing, in percent a year. Refused for IRAs.
         */
        get: operations["shortingRate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shorting/margin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Margin of a short sale
         * @description What selling this many would do to margin, asked of the broker as a what-if. Refused for IRAs.
         */
        get: operations["shortingMargin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shorting/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Short sale in one view
         * @description Shares, rate, margin, and what they come to for this account. Refused for IRAs.
         */
        get: operations["shortingAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/size": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Size a position
         * @description How many fit the risk, the money and the cap: at `stop` no more than the risk is lost. The answer holds a draft for orders.draft.
         */
        post: operations["plansSize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/rebalance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebalance an account
         * @description Orders that bring US stocks of an account to their target weights, sales first. Holdings without a target are not touched.
         */
        post: operations["plansRebalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The order log
         * @description Lines of the order log, newest first. Lines that begin with `wire` are those of the session itself. Filters hold together.
         */
        get: operations["journalEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a draft
         * @description A draft with every line of the log about it, and its story in one sentence.
         */
        get: operations["journalExplain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * STOP ALL TRADING
         * @description Nothing leaves any more, what works is cancelled. It stays so after a restart, until control.release.
         */
        post: operations["controlStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release trading
         * @description Ends the stop and closes the circuit breaker.
         */
        post: operations["controlRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Limits in force
         * @description What every order is held against, and where drafts are sent without a person.
         */
        get: operations["controlLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/setLimits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change limits
         * @description Changes what is named. Live trading that is switched on counts from the next connection; switched off it counts at once.
         */
        post: operations["controlSetLimits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tokens
         * @description Every token with its name and scopes. The tokens themselves are not kept.
         */
        post: operations["controlTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/createToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a token
         * @description A token for a program or a person. It is shown this once.
         */
        post: operations["controlCreateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/control/revokeToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token
         * @description From now on it opens nothing.
         */
        post: operations["controlRevokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status */
        get: operations["ibkrStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connect */
        post: operations["ibkrConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disconnect */
        post: operations["ibkrDisconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers of the account */
        get: operations["ibkrAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Positions */
        get: operations["ibkrPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders */
        get: operations["ibkrOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Place an order, or draft it */
        post: operations["ibkrOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/order/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Cancel an order */
        delete: operations["ibkrCancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ibkr/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quote */
        get: operations["ibkrQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts, fills and the circuit breaker */
        get: operations["streamsOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** States of the session, notices of the gateway, the stop */
        get: operations["streamsSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotes that change */
        get: operations["streamsQuotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session with the gateway stands */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A cookie for a page of this origin, made of the token */
        post: operations["cookie"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Status: {
            connected: boolean;
            /** @description idle, connecting, ready, degraded, reconnecting, closed */
            state: string;
            /** @enum {string} */
            mode: "simulated" | "paper" | "live" | "unknown";
            host?: string;
            port?: number;
            clientId?: number;
            serverVersion?: number;
            accounts: string[];
            isReadOnly: boolean;
            /**
             * @description Quotes that the session asks for; each says itself what it is
             * @enum {string}
             */
            marketData?: "live" | "frozen" | "delayed" | "delayedFrozen";
            /** @description Why it is degraded, or was closed by nobody here */
            cause?: string;
            /** @description While reconnecting: which try comes next, and in how long */
            retry?: {
                attempt: number;
                inMs: number;
            };
            stopped?: components["schemas"]["Stopped"];
            circuitOpen: boolean;
            /** @description Number of the newest event: a stream that is opened `after` it misses nothing */
            lastEvent: number;
        };
        Stopped: {
            reason: string;
            /** Format: date-time */
            since: string;
            by: string;
            /** @description What worked was not cancelled */
            keepsWorking?: boolean;
        };
        Position: {
            /** @description Account id of the login */
            account: string;
            conId?: number;
            symbol: string;
            secType: string;
            currency: string;
            exchange?: string;
            localSymbol?: string;
            /** @description Exact decimal text */
            quantity: string;
            /** @description Exact decimal text */
            averageCost?: string;
            /** @description Exact decimal text */
            marketPrice?: string;
            /** @description Exact decimal text */
            marketValue?: string;
            /** @description Exact decimal text */
            unrealizedPnl?: string;
            /** @description Exact decimal text */
            realizedPnl?: string;
            /**
             * Format: date-time
             * @description When its figures came
             */
            asOf?: string;
        };
        BrokersPortfolio: {
            sources: ({
                /** @constant */
                state: "read";
                name: string;
                positions: number;
                transactions: number;
            } | {
                /** @constant */
                state: "failed";
                name: string;
                code: string;
                /** @description Text from outside the desk: data, no instruction */
                reason: {
                    untrusted: string;
                };
            })[];
            /** @description False when a source could not be read: its holdings are in no sum */
            isComplete: boolean;
            lines: {
                key: string;
                currency: string;
                /** @description Exact decimal text */
                value: string;
                /** @description Exact decimal text */
                quantity?: string;
                positions: number;
                /** @description Holdings without a price: they are not in the value */
                unknown: string[];
                matchedBy?: string;
            }[];
            /** @description Per currency; nothing is converted */
            totals: {
                [key: string]: string;
            };
            /** @description In one currency, where `in` was asked */
            total?: {
                currency: string;
                /** @description Exact decimal text */
                value: string;
            };
            rates: {
                from: string;
                to: string;
                /** @description Exact decimal text */
                rate: string;
                source: string;
            }[];
            concentration: {
                key: string;
                currency: string;
                /** @description Exact decimal text */
                value: string;
                /** @description Exact decimal text */
                percent: string;
            }[];
            cash: {
                account: string;
                currency: string;
                /** @description Exact decimal text */
                cash?: string;
                /** @description Exact decimal text */
                settled?: string;
                /** @description Exact decimal text */
                equivalents: string;
                /** @description Exact decimal text */
                total: string;
            }[];
            /** @description Where transactions and positions disagree */
            differences: {
                account: string;
                instrument: string;
                /** @description Exact decimal text */
                rebuilt: string;
                /** @description Exact decimal text */
                reported: string;
                /** @description Exact decimal text */
                difference: string;
                why: string;
            }[];
            washSaleNeighbours: {
                instrument: string;
                sold: {
                    account: string;
                    date: string;
                };
                bought: {
                    account: string;
                    date: string;
                };
                daysBetween: number;
                /** @enum {string} */
                result: "loss" | "gain" | "unknown";
            }[];
            /** @description Transactions that stood in several sources and count once */
            duplicates: number;
            unknownCodes: {
                [key: string]: number;
            };
            notes: {
                untrusted: string;
            }[];
        };
        Contract: {
            conId: number;
            symbol: string;
            secType: string;
            exchange: string;
            primaryExchange?: string;
            currency: string;
            localSymbol?: string;
            lastTradeDateOrContractMonth?: string;
            /** @description Exact decimal text */
            strike?: string;
            right?: string;
            multiplier?: string;
            tradingClass?: string;
        };
        Quote: {
            contract: components["schemas"]["Contract"];
            /** @description Exact decimal text */
            bid?: string;
            /** @description Exact decimal text */
            ask?: string;
            /** @description Exact decimal text */
            last?: string;
            /** @description Exact decimal text */
            bidSize?: string;
            /** @description Exact decimal text */
            askSize?: string;
            /** @description Exact decimal text */
            lastSize?: string;
            /** @description Exact decimal text */
            open?: string;
            /** @description Exact decimal text */
            high?: string;
            /** @description Exact decimal text */
            low?: string;
            /** @description Exact decimal text */
            close?: string;
            /** @description Exact decimal text */
            volume?: string;
            /** @description Exact decimal text */
            markPrice?: string;
            /** @enum {string} */
            source: "live" | "frozen" | "delayed" | "delayedFrozen" | "unknown";
            /**
             * Format: date-time
             * @description When the newest of bid, ask and last came; absent: none has
             */
            asOf?: string;
            ageMs?: number;
            /** @description Nothing certain is coming: the link, the data or the motion is missing */
            stale?: {
                /** Format: date-time */
                since: string;
                cause: string;
            };
        };
        Draft: {
            id: string;
            /** @enum {string} */
            state: "drafted" | "previewed" | "waiting" | "refused" | "approved" | "sent" | "working" | "done" | "unknown";
            why?: string;
            /** @enum {string} */
            mode: "simulated" | "paper" | "live" | "unknown";
            account: string;
            contract: components["schemas"]["Contract"];
            order: {
                [key: string]: unknown;
            };
            preview?: components["schemas"]["Preview"];
            outcome?: components["schemas"]["Outcome"];
            clientId?: number;
            orderId?: number;
            permId?: string;
            askedBy: string;
            approvedBy?: string;
            /** Format: date-time */
            approvedAt?: string;
            idempotencyKey?: string;
            note?: string;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            updated: string;
            /** Format: date-time */
            expires: string;
        };
        Preview: {
            /** Format: date-time */
            at: string;
            passes: boolean;
            findings: components["schemas"]["Finding"][];
            quote?: components["schemas"]["Quote"];
            /** @description Change by this order */
            margin: {
                /** @description Exact decimal text */
                initial?: string;
                /** @description Exact decimal text */
                maintenance?: string;
                currency?: string;
            };
            commission: {
                /** @description Exact decimal text */
                amount?: string;
                /** @description Exact decimal text */
                most?: string;
                currency?: string;
            };
            /** @description What an approval covers: beyond any of these it has to be approved again */
            worst: {
                /** @description Exact decimal text */
                price?: string;
                /** @description Exact decimal text */
                initialMargin?: string;
                /** @description Exact decimal text */
                commission?: string;
            };
            warning?: {
                untrusted: string;
            };
        };
        Finding: {
            code: string;
            /** @enum {string} */
            severity: "reject" | "warn" | "info";
            message: string;
            remedy: string;
            facts: {
                [key: string]: string;
            };
        };
        Outcome: {
            /** @description In the words of the order path: working, filled, cancelled, rejected … */
            status: string;
            /** @description Exact decimal text */
            filled?: string;
            /** @description Exact decimal text */
            remaining?: string;
            /** @description Exact decimal text */
            averagePrice?: string;
            reason?: {
                code?: number;
                text: {
                    untrusted: string;
                };
            };
            /** @description Of a bracket: what became of the orders that close it */
            exits?: {
                /** @enum {string} */
                role: "entry" | "takeProfit" | "stopLoss";
                orderId: number;
                status: string;
                /** @description Exact decimal text */
                filled: string;
                reason?: {
                    code?: number;
                    text: {
                        untrusted: string;
                    };
                };
            }[];
        };
        DraftAsked: {
            /** @description May be left out where the login has one */
            account?: string;
            contract: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                /** @enum {string} */
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                /** @enum {string} */
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
            };
            order: {
                /** @enum {string} */
                action: "BUY" | "SELL";
                /** @enum {string} */
                orderType: "MKT" | "LMT" | "STP" | "STP LMT" | "MIT" | "LIT" | "MOC" | "LOC" | "TRAIL" | "TRAIL LIMIT" | "MTL" | "REL" | "MIDPRICE";
                /** @description Exact decimal text above 0 */
                totalQuantity: string;
                /** @description Exact decimal text above 0 */
                lmtPrice?: string;
                /** @description Stop or touched price; distance of TRAIL */
                auxPrice?: string;
                /** @description Exact decimal text above 0 */
                trailStopPrice?: string;
                /** @description Exact decimal text above 0 */
                trailingPercent?: string;
                /** @description Exact decimal text above 0 */
                lmtPriceOffset?: string;
                /** @enum {string} */
                tif?: "DAY" | "GTC" | "IOC" | "GTD" | "OPG" | "FOK";
                goodTillDate?: string;
                goodAfterTime?: string;
                outsideRth?: boolean;
                allOrNone?: boolean;
                /** @description Makes it a bracket: limit price that closes what was filled */
                takeProfit?: string;
                /** @description Makes it a bracket: stop price that closes what was filled */
                stopLoss?: string;
            };
            /** @description Why, in words: kept in the log, read by nobody else */
            note?: string;
        };
        WorstPrice: {
            /** @description Price of the last share */
            worst?: string;
            /** @description Exact decimal text */
            average?: string;
            /** @description How much of the quantity the book holds */
            covered?: string;
            /** @description Whether the book holds all of it: if not, it may get worse than `worst` */
            isWhole?: boolean;
            /** @description Why there is no book, or only a part of it */
            why?: string;
        };
        Order: {
            /** @description Absent: not placed through this desk */
            draftId?: string;
            /** @description Within its draft: entry, or takeProfit or stopLoss of a bracket */
            role?: string;
            orderId: number;
            permId?: string;
            clientId: number;
            account: string;
            contract: components["schemas"]["Contract"];
            action: string;
            orderType: string;
            /** @description Exact decimal text */
            quantity?: string;
            /** @description Exact decimal text */
            filled: string;
            /** @description Exact decimal text */
            remaining?: string;
            /** @description Exact decimal text */
            averagePrice?: string;
            /** @description Exact decimal text */
            lmtPrice?: string;
            /** @description Stop or touched price; distance of a trailing order */
            auxPrice?: string;
            /** @description Exact decimal text */
            trailingPercent?: string;
            /** @description Of a trailing order: its stop, as the gateway told it last */
            trailStopPrice?: string;
            /** @description Of a trailing limit order: from the stop to its limit */
            lmtPriceOffset?: string;
            tif?: string;
            /** @description As it was sent, or as the gateway tells it: `yyyyMMdd-HH:mm:ss` is UTC */
            goodTillDate?: string;
            /** @description The same form */
            goodAfterTime?: string;
            /** @description Also outside regular hours; absent: not */
            outsideRth?: boolean;
            /** @description waiting, sent, pending, accepted, working, cancelling, inactive, unclear, filled, cancelled, rejected */
            state: string;
            /** @description The gateway's word */
            status?: string;
            /** @description Why the gateway holds it back, in its own words, such as `locate` */
            whyHeld?: string;
            /** @description A cancel that has left and was not answered: the order may work on, or be over */
            cancelAsked?: {
                /** Format: date-time */
                at: string;
                by: string;
            };
            /** @description Of its fills so far, as far as it was told */
            commission?: string;
            commissionCurrency?: string;
        };
        Fill: {
            execId: string;
            draftId?: string;
            orderId?: number;
            permId?: string;
            account: string;
            symbol?: string;
            conId?: number;
            side: string;
            /** @description Exact decimal text */
            shares: string;
            /** @description Exact decimal text */
            price: string;
            currency?: string;
            exchange: string;
            time: string;
            /** @description Exact decimal text */
            commission?: string;
            commissionCurrency?: string;
            /** @description Exact decimal text */
            realizedPnl?: string;
        };
        LogEntry: {
            seq: number;
            /** Format: date-time */
            time: string;
            account: string;
            conId?: number;
            symbol?: string;
            secType?: string;
            exchange?: string;
            currency?: string;
            draftId?: string;
            who: string;
            what: string;
            findings?: components["schemas"]["Finding"][];
            outcome?: string;
            detail?: unknown;
        };
        Limits: {
            /** @description Most shares or contracts in one order */
            maxQuantity: string;
            /** @description Most money in one order, in `currency` */
            maxNotional: string;
            currency: string;
            /** @description Widest distance of a price from the last one */
            collarPercent: string;
            ordersPerMinute: number;
            /** @description Rejections in a row that open the circuit breaker */
            rejectionsToOpen: number;
            /** @description Whether live accounts may trade; counts from the next connection when switched on */
            live: boolean;
            /** @description Where a draft that passes is sent without a person; a live account never */
            sendAtOnce: {
                simulated: boolean;
                paper: boolean;
            };
            /** @description How long a draft can be approved */
            draftMinutes: number;
            /** @description How far margin, commission and worst price may move before a preview has to be approved again */
            worseByPercent: string;
            /** @description In a live account the page has the account id typed above this value, in `currency` */
            typedAbove: string;
        };
        /** @description RFC 9457 */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance?: string;
            requestId: string;
            remedy?: string;
            retryAfter?: number;
            findings?: Record<string, never>[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    sessionStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionConnect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 127.0.0.1 */
                    host?: string;
                    /** @description Needed but for the Web API */
                    port?: number;
                    /**
                     * @description `web`: the Web API, whose gateway is at `base`
                     * @default socket
                     * @enum {string}
                     */
                    kind?: "socket" | "web";
                    /** @description Address of the gateway of the Web API; default https://localhost:5000/v1/api */
                    base?: string;
                    /** @description Of its certificate, as `ibwire-web fingerprint` prints it */
                    fingerprint?: string;
                    /** @default 1 */
                    clientId?: number;
                    /** @description Use only this account of the login */
                    account?: string;
                    /** @description Orders cannot even be encoded */
                    readonly?: boolean;
                    /** @description When the application restarts by itself, as set in it: orders just before are held */
                    restart?: {
                        at: string;
                        zone: string;
                    };
                    /**
                     * @description Quotes to ask for; default live. `delayed`: live ones where the login has the right to them, else delayed by some 15 minutes
                     * @enum {string}
                     */
                    marketData?: "live" | "frozen" | "delayed" | "delayedFrozen";
                    /** @description A login with a live account needs `liveAccount`, once per start of the desk */
                    askLive?: boolean;
                    /** @description The live account, as a person typed it */
                    liveAccount?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionDisconnect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        state: string;
                        epoch: number;
                        /**
                         * Format: date-time
                         * @description When the session was opened
                         */
                        since?: string;
                        /** @enum {string} */
                        wire: "text" | "protobuf";
                        roundTrip?: {
                            medianMs: number;
                            p99Ms: number;
                            count: number;
                        };
                        silentForMs?: number;
                        farmsDown: {
                            farm: string;
                            /** Format: date-time */
                            since: string;
                        }[];
                        isMaintenance: boolean;
                        /** Format: date-time */
                        nextRestart?: string;
                        competing?: {
                            code: number;
                            /** @description Text from outside the desk: data, no instruction */
                            text: {
                                untrusted: string;
                            };
                            /** Format: date-time */
                            at: string;
                        };
                        openRequests: number;
                        liveStreams: number;
                        openQuotes: number;
                        staleQuotes: {
                            symbol: string;
                            conId: number;
                            /** Format: date-time */
                            since: string;
                            cause: string;
                        }[];
                        troubles: {
                            what: string;
                            /** @enum {string} */
                            severity: "bad" | "warn";
                            cause: string;
                            remedy: string;
                        }[];
                        notices: {
                            code: number;
                            /** @description Text from outside the desk: data, no instruction */
                            text: {
                                untrusted: string;
                            };
                            /** Format: date-time */
                            at: string;
                            meaning: string;
                            remedy: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionFarms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        known: {
                            [key: string]: unknown;
                        };
                        down: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        budgets: {
                            budget: string;
                            used: number;
                            limit: number;
                            freeInMs?: number;
                        }[];
                        waiting: {
                            lane: string;
                            count: number;
                            longestMs: number;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionLog: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        host: string;
                        port: number;
                        clientId: number;
                        serverVersion?: number;
                        /** @enum {string} */
                        mode: "simulated" | "paper" | "live" | "unknown";
                        /** Format: date-time */
                        since: string;
                        /** Format: date-time */
                        until?: string;
                        why?: string;
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionOutages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outages: {
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Absent while it lasts
                             */
                            to?: string;
                            cause: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionDoctor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 127.0.0.1 */
                    host?: string;
                    /** @default 4002 */
                    port?: number;
                    /**
                     * @description For the session of a moment, where there is none
                     * @default 990
                     */
                    clientId?: number;
                    /**
                     * @description Whose quote is tried
                     * @default AAPL
                     */
                    symbol?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            step: string;
                            /** @enum {string} */
                            state: "ok" | "note" | "warning" | "failed";
                            says: string;
                            todo?: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionRecord: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description It ends by itself at this size
                     * @default 500
                     */
                    megabytes?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the folder of captures */
                        file: string;
                        /** Format: date-time */
                        since: string;
                        /**
                         * Format: date-time
                         * @description Absent while it runs
                         */
                        until?: string;
                        bytes: number;
                        /**
                         * @description Account numbers, names and order references are replaced on the way to disk
                         * @constant
                         */
                        isRedacted: true;
                        /** @description Why it ended by itself */
                        why?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionStopRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the folder of captures */
                        file: string;
                        /** Format: date-time */
                        since: string;
                        /**
                         * Format: date-time
                         * @description Absent while it runs
                         */
                        until?: string;
                        bytes: number;
                        /**
                         * @description Account numbers, names and order references are replaced on the way to disk
                         * @constant
                         */
                        isRedacted: true;
                        /** @description Why it ended by itself */
                        why?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current?: {
                            /** @description In the folder of captures */
                            file: string;
                            /** Format: date-time */
                            since: string;
                            /**
                             * Format: date-time
                             * @description Absent while it runs
                             */
                            until?: string;
                            bytes: number;
                            /**
                             * @description Account numbers, names and order references are replaced on the way to disk
                             * @constant
                             */
                            isRedacted: true;
                            /** @description Why it ended by itself */
                            why?: string;
                        };
                        last?: {
                            /** @description In the folder of captures */
                            file: string;
                            /** Format: date-time */
                            since: string;
                            /**
                             * Format: date-time
                             * @description Absent while it runs
                             */
                            until?: string;
                            bytes: number;
                            /**
                             * @description Account numbers, names and order references are replaced on the way to disk
                             * @constant
                             */
                            isRedacted: true;
                            /** @description Why it ended by itself */
                            why?: string;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        /** @enum {string} */
                        mode: "simulated" | "paper" | "live" | "unknown";
                        /** @description The gateway's word */
                        type?: string;
                        /**
                         * @description As the account rules name it; absent: not known
                         * @enum {string}
                         */
                        kind?: "ira-cash" | "ira-margin" | "cash" | "reg-t" | "portfolio-margin";
                        /** @enum {string} */
                        owner: "ira" | "taxable" | "unknown";
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsUse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Account id of the login */
                    account: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        /** @description Account id of the login */
                        before?: string;
                        holdsFor: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsSummary: {
        parameters: {
            query?: {
                /** @description May be left out where the login has one */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        values: {
                            [key: string]: {
                                value: string;
                                currency?: string;
                            };
                        };
                        /** Format: date-time */
                        asOf?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsValues: {
        parameters: {
            query?: {
                /** @description May be left out where the login has one */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        currencies: {
                            [key: string]: {
                                [key: string]: {
                                    value: string;
                                    currency?: string;
                                };
                            };
                        };
                        base: {
                            [key: string]: {
                                value: string;
                                currency?: string;
                            };
                        };
                        /** Format: date-time */
                        asOf?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsPnl: {
        parameters: {
            query?: {
                /** @description May be left out where the login has one */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        /** @description Exact decimal text */
                        daily?: string;
                        /** @description Exact decimal text */
                        unrealized?: string;
                        /** @description Exact decimal text */
                        realized?: string;
                        /** Format: date-time */
                        asOf?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accountsRules: {
        parameters: {
            query?: {
                /** @description May be left out where the login has one */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        /**
                         * @description Whose rules they are; absent: those of the order alone
                         * @enum {string}
                         */
                        kind?: "ira-cash" | "ira-margin" | "cash" | "reg-t" | "portfolio-margin";
                        rules: {
                            code: string;
                            /** @description What it finds */
                            about: string;
                            /**
                             * @description some: it has something to say of some kinds of order only
                             * @enum {string}
                             */
                            of: "every" | "some";
                        }[];
                        limits: {
                            /** @description Of its findings */
                            codes: string[];
                            about: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioPositions: {
        parameters: {
            query?: {
                /** @description Only this account; default the one chosen by accounts.use, else all */
                account?: string;
                /** @description Market prices and values too */
                prices?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Position"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioPnl: {
        parameters: {
            query?: {
                /** @description Only this account */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        conId: number;
                        /** @description Exact decimal text */
                        daily?: string;
                        /** @description Exact decimal text */
                        unrealized?: string;
                        /** @description Exact decimal text */
                        realized?: string;
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioByCurrency: {
        parameters: {
            query?: {
                /** @description Only this account; default the one chosen by accounts.use, else all */
                account?: string;
                /** @description Market prices and values too */
                prices?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: {
                            /** @description Exact decimal text */
                            marketValue: string;
                            /** @description Exact decimal text */
                            unrealizedPnl: string;
                            holdings: number;
                            unpriced: number;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioMerged: {
        parameters: {
            query?: {
                /** @description Only this account; default the one chosen by accounts.use, else all */
                account?: string;
                /** @description Market prices and values too */
                prices?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        symbol: string;
                        secType: string;
                        currency: string;
                        conId?: number;
                        /** @description Exact decimal text */
                        quantity: string;
                        /** @description Exact decimal text */
                        cost?: string;
                        /** @description Exact decimal text */
                        marketValue?: string;
                        /** @description Exact decimal text */
                        unrealizedPnl?: string;
                        isAmbiguous: boolean;
                        holdings: components["schemas"]["Position"][];
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioBrokers: {
        parameters: {
            query?: {
                /** @description What the lines are of; every view adds up to the same per currency */
                by?: "account" | "instrument" | "broker" | "currency" | "class";
                /** @description One currency for total and shares; needs a rate for each other one */
                in?: string;
                /** @description Named rates such as EURUSD=1.0850; the rates of the gateway count behind them */
                rates?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrokersPortfolio"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsSearch: {
        parameters: {
            query: {
                pattern: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conId: number;
                        symbol: string;
                        secType: string;
                        primaryExchange: string;
                        currency: string;
                        name?: {
                            untrusted: string;
                        };
                        derivatives: string[];
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsQualify: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsDetails: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        name?: {
                            untrusted: string;
                        };
                        /** @description Exact decimal text */
                        minTick?: string;
                        orderTypes: string[];
                        exchanges: string[];
                        timeZone?: string;
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsSteps: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                prices?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /** @description Exact decimal text */
                        minSize?: string;
                        /** @description Exact decimal text */
                        sizeIncrement?: string;
                        /**
                         * @description minTick: the rule of the venue is not known, and steps may be larger
                         * @enum {string}
                         */
                        basis: "rule" | "minTick";
                        bands: {
                            /** @description Exact decimal text */
                            from: string;
                            /** @description Exact decimal text */
                            increment: string;
                        }[];
                        prices: {
                            /** @description Exact decimal text */
                            price: string;
                            isOnGrid: boolean;
                            /** @description Exact decimal text */
                            below: string;
                            /** @description Exact decimal text */
                            above: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsHours: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /**
                         * Format: date-time
                         * @description The moment that `now` is said of: of a simulated gateway with a time of its own, its own
                         */
                        at: string;
                        /** @enum {string} */
                        now: "open" | "closed" | "unknown";
                        /** Format: date-time */
                        nextOpen?: string;
                        /**
                         * Format: date-time
                         * @description When `now` changes, as far as it is published
                         */
                        until?: string;
                        /** @description IANA name of its zone, or UTC+01:00 */
                        timeZone?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contractsChain: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description yyyyMMdd: prove the options of this day */
                expiry?: string;
                /** @description Only calls or puts */
                side?: "C" | "P";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        underlying: components["schemas"]["Contract"];
                        parameters: {
                            exchange: string;
                            tradingClass: string;
                            multiplier: string;
                            expiries: string[];
                            strikes: string[];
                        }[];
                        options?: components["schemas"]["Contract"][];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quotesSnapshot: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quotesList: {
        parameters: {
            query: {
                symbols: string[];
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        quotes: components["schemas"]["Quote"][];
                        failed: {
                            symbol: string;
                            why: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quotesWatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    historyBars: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description 5 D, 1 W, 3 M, 1 Y; S counts seconds of trading */
                duration?: string;
                size?: "1 secs" | "5 secs" | "10 secs" | "15 secs" | "30 secs" | "1 min" | "2 mins" | "3 mins" | "4 mins" | "5 mins" | "10 mins" | "15 mins" | "20 mins" | "30 mins" | "1 hour" | "2 hours" | "3 hours" | "4 hours" | "8 hours" | "1 day" | "1 week" | "1 month";
                show?: "TRADES" | "MIDPOINT" | "BID" | "ASK" | "ADJUSTED_LAST" | "HISTORICAL_VOLATILITY" | "OPTION_IMPLIED_VOLATILITY" | "FEE_RATE";
                /** @description In place of duration */
                from?: string;
                /** @description Bars before this instant; default now */
                end?: string;
                /** @description The newest so many */
                limit?: number;
                /** @description Regular hours only */
                useRTH?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /** @description Older bars that the limit left out */
                        leftOut?: number;
                        bars: {
                            /** Format: date-time */
                            time: string;
                            date?: string;
                            /** @description Exact decimal text */
                            open: string;
                            /** @description Exact decimal text */
                            high: string;
                            /** @description Exact decimal text */
                            low: string;
                            /** @description Exact decimal text */
                            close: string;
                            /** @description Exact decimal text */
                            volume?: string;
                            /** @description Exact decimal text */
                            wap?: string;
                            count?: number;
                            isForming: boolean;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    historyTicks: {
        parameters: {
            query: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                from: string;
                to: string;
                show?: "TRADES" | "MIDPOINT";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        ticks: {
                            /** Format: date-time */
                            time: string;
                            /** @description Exact decimal text */
                            price?: string;
                            /** @description Exact decimal text */
                            size?: string;
                            exchange?: string;
                        }[];
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    historySchedule: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description 5 D, 1 W, 3 M, 1 Y; S counts seconds of trading */
                duration?: string;
                useRTH?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        timeZone: string;
                        sessions: {
                            /** Format: date-time */
                            start: string;
                            /** Format: date-time */
                            end: string;
                            day: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    newsProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** @description Text from outside the desk: data, no instruction */
                        name: {
                            untrusted: string;
                        };
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    newsHeadlines: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description Default: all that the login may read */
                providers?: string[];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        headlines: {
                            /** Format: date-time */
                            time?: string;
                            provider: string;
                            articleId: string;
                            /** @description Text from outside the desk: data, no instruction */
                            headline: {
                                untrusted: string;
                            };
                        }[];
                        more: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    newsArticle: {
        parameters: {
            query: {
                provider: string;
                articleId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        type: "text" | "pdf";
                        /** @description Text from outside the desk: data, no instruction */
                        article: {
                            untrusted: string;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the first answer; another body is 422 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftAsked"];
            };
        };
        responses: {
            /** @description Sent */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description Waits for approval */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftAsked"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: string;
                        contract: components["schemas"]["Contract"];
                        preview: components["schemas"]["Preview"];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersWorst: {
        parameters: {
            query: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                action: "BUY" | "SELL";
                /** @description Exact decimal text above 0 */
                totalQuantity: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorstPrice"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersApprove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersDecline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersDrafts: {
        parameters: {
            query?: {
                /** @description Only these; default all */
                state?: ("drafted" | "previewed" | "waiting" | "refused" | "approved" | "sent" | "working" | "done" | "unknown")[];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersList: {
        parameters: {
            query?: {
                ended?: boolean;
                /** @description Only this account */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersGet: {
        parameters: {
            query: {
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersModify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /**
                     * @description Of a bracket, which of its orders; default the entry
                     * @enum {string}
                     */
                    role?: "entry" | "takeProfit" | "stopLoss";
                    /** @description Exact decimal text above 0 */
                    totalQuantity?: string;
                    /** @description Exact decimal text above 0 */
                    lmtPrice?: string;
                    /** @description Stop or touched price; distance of a trailing order */
                    auxPrice?: string;
                    /** @description Exact decimal text above 0 */
                    trailingPercent?: string;
                    /** @description Of a trailing order that was sent with one */
                    trailStopPrice?: string;
                    /** @description Exact decimal text above 0 */
                    lmtPriceOffset?: string;
                    /** @enum {string} */
                    tif?: "DAY" | "GTC";
                    /** @description Of an order that is good till one; `yyyyMMdd-HH:mm:ss`, UTC */
                    goodTillDate?: string;
                    /** @description Of an order that waits for one; the same form */
                    goodAfterTime?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "modified" | "same" | "refused" | "ended";
                        why?: string;
                        draft: components["schemas"]["Draft"];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersCancel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the draft, or the order id at the gateway */
                    id: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "cancelled" | "filled" | "rejected" | "refused" | "declined";
                        why?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersCancelAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only those of this account */
                    account?: string;
                    /** @description permIds, or order ids where there is none yet, as orders.list shows them */
                    ids?: string[];
                    /**
                     * @description One global cancel; not together with `account` or `ids`
                     * @default false
                     */
                    everybody?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orderId: number;
                        permId?: string;
                        symbol: string;
                        /** @enum {string} */
                        outcome: "cancelled" | "filled" | "rejected" | "refused" | "declined" | "failed";
                        why?: string;
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ordersExecutions: {
        parameters: {
            query?: {
                draftId?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fill"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shortingShares: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description May be left out where the login has one */
                account?: string;
                /** @description Exact decimal text above 0 */
                quantity?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /** @description Above 2.5: at least 1000 shares; above 1.5: to be located; below: none */
                        tick?: string;
                        /** @description Exact decimal text */
                        shares?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shortingRate: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description May be left out where the login has one */
                account?: string;
                /** @description Exact decimal text above 0 */
                quantity?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /** @description Percent a year */
                        rate?: string;
                        asOf?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shortingMargin: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description May be left out where the login has one */
                account?: string;
                /** @description Exact decimal text above 0 */
                quantity?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contract: components["schemas"]["Contract"];
                        /** @description Exact decimal text above 0 */
                        quantity: string;
                        /** @description Exact decimal text */
                        initial?: string;
                        /** @description Exact decimal text */
                        maintenance?: string;
                        currency?: string;
                        /** @description Margin over value */
                        initialRate?: string;
                        /** @description Exact decimal text */
                        maintenanceRate?: string;
                        /** @enum {string} */
                        againstRegT: "above" | "equal" | "below" | "unknown";
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shortingAnalysis: {
        parameters: {
            query?: {
                /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                symbol?: string;
                /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                market?: string;
                /** @description Certain where it is known */
                conId?: number;
                secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                exchange?: string;
                primaryExchange?: string;
                currency?: string;
                lastTradeDateOrContractMonth?: string;
                /** @description Exact decimal text above 0 */
                strike?: string;
                right?: "C" | "P";
                multiplier?: string;
                localSymbol?: string;
                tradingClass?: string;
                /** @description May be left out where the login has one */
                account?: string;
                /** @description Exact decimal text above 0 */
                quantity?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "available" | "locate" | "unavailable" | "unknown" | "refused";
                        reason: string;
                        shares: {
                            contract: components["schemas"]["Contract"];
                            /** @description Above 2.5: at least 1000 shares; above 1.5: to be located; below: none */
                            tick?: string;
                            /** @description Exact decimal text */
                            shares?: string;
                        };
                        /** @description Exact decimal text */
                        rate?: string;
                        margin?: {
                            contract: components["schemas"]["Contract"];
                            /** @description Exact decimal text above 0 */
                            quantity: string;
                            /** @description Exact decimal text */
                            initial?: string;
                            /** @description Exact decimal text */
                            maintenance?: string;
                            currency?: string;
                            /** @description Margin over value */
                            initialRate?: string;
                            /** @description Exact decimal text */
                            maintenanceRate?: string;
                            /** @enum {string} */
                            againstRegT: "above" | "equal" | "below" | "unknown";
                        };
                        /** @description Of borrowing this many at the last price, in the currency of the instrument */
                        yearlyCost?: string;
                        missing: string[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plansSize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Account id of the login */
                    account?: string;
                    contract: {
                        /** @description AAPL, 0700.HK, BRK.B, EUR.USD; or the plain symbol together with secType */
                        symbol?: string;
                        /** @description Market of a symbol without suffix: HK, L, DE …; default US */
                        market?: string;
                        /** @description Certain where it is known */
                        conId?: number;
                        /** @enum {string} */
                        secType?: "STK" | "OPT" | "FUT" | "CONTFUT" | "CASH" | "BOND" | "CFD" | "FOP" | "WAR" | "IOPT" | "IND" | "FUND" | "CMDTY" | "CRYPTO";
                        exchange?: string;
                        primaryExchange?: string;
                        currency?: string;
                        lastTradeDateOrContractMonth?: string;
                        /** @description Exact decimal text above 0 */
                        strike?: string;
                        /** @enum {string} */
                        right?: "C" | "P";
                        multiplier?: string;
                        localSymbol?: string;
                        tradingClass?: string;
                    };
                    /**
                     * @default long
                     * @enum {string}
                     */
                    side?: "long" | "short";
                    /** @description Default: the ask for long, the bid for short */
                    entry?: string;
                    /** @description Exact decimal text above 0 */
                    stop: string;
                    /**
                     * @description Part of net liquidation that may be lost
                     * @default 0.01
                     */
                    riskFraction?: string;
                    /** @description Exact decimal text above 0 */
                    maxQuantity?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Exact decimal text */
                        quantity?: string;
                        /** @enum {string} */
                        binding?: "risk" | "cash" | "margin" | "maxQuantity";
                        refused?: string;
                        /** @description Exact decimal text */
                        entry: string;
                        draft?: components["schemas"]["DraftAsked"];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plansRebalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Account id of the login */
                    account?: string;
                    /** @description Weight by symbol, of net liquidation */
                    targets: {
                        [key: string]: string;
                    };
                    /** @description Exact decimal text above 0 */
                    minTradeValue?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        drafts: {
                            /** @enum {string} */
                            after: "now" | "sells" | "settlement";
                            draft: components["schemas"]["DraftAsked"];
                        }[];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journalEntries: {
        parameters: {
            query?: {
                draftId?: string;
                /** @description Only lines of this kind, such as `draft` or `wire place` */
                what?: string;
                /** @description Only lines of this account */
                account?: string;
                /** @description Only lines that have it in who, what, symbol, outcome, draft or findings; large and small letters are alike */
                text?: string;
                /** @description Lines below this number, to page back */
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogEntry"][];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journalExplain: {
        parameters: {
            query: {
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: components["schemas"]["Draft"];
                        story: string;
                        /** @description Of the gateway's last code */
                        meaning?: {
                            code: number;
                            meaning: string;
                            remedy: string;
                        };
                        entries: components["schemas"]["LogEntry"][];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlStop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default stopped by hand */
                    reason?: string;
                    /**
                     * @description Leaves what works alone: orders.cancelAll is a step of its own
                     * @default false
                     */
                    keepsWorking?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stopped?: components["schemas"]["Stopped"];
                        breaker: {
                            rejections: number;
                            /** Format: date-time */
                            since?: string;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stopped?: components["schemas"]["Stopped"];
                        breaker: {
                            rejections: number;
                            /** Format: date-time */
                            since?: string;
                        };
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlSetLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Most shares or contracts in one order */
                    maxQuantity?: string;
                    /** @description Most money in one order, in `currency` */
                    maxNotional?: string;
                    currency?: string;
                    /** @description Widest distance of a price from the last one */
                    collarPercent?: string;
                    ordersPerMinute?: number;
                    /** @description Rejections in a row that open the circuit breaker */
                    rejectionsToOpen?: number;
                    /** @description Whether live accounts may trade; counts from the next connection when switched on */
                    live?: boolean;
                    /** @description Where a draft that passes is sent without a person; a live account never */
                    sendAtOnce?: {
                        simulated: boolean;
                        paper: boolean;
                    };
                    /** @description How long a draft can be approved */
                    draftMinutes?: number;
                    /** @description How far margin, commission and worst price may move before a preview has to be approved again */
                    worseByPercent?: string;
                    /** @description In a live account the page has the account id typed above this value, in `currency` */
                    typedAbove?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        scopes: ("read" | "propose" | "approve" | "operate")[];
                        /** @description The only accounts that it may see and name; absent: all */
                        accounts?: string[];
                        /** Format: date-time */
                        created: string;
                        /** Format: date-time */
                        revoked?: string;
                    }[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlCreateToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("read" | "propose" | "approve" | "operate")[];
                    /** @description Only these accounts; default all of the login */
                    accounts?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        scopes: ("read" | "propose" | "approve" | "operate")[];
                        /** @description The only accounts that it may see and name; absent: all */
                        accounts?: string[];
                        /** Format: date-time */
                        created: string;
                        /** Format: date-time */
                        revoked?: string;
                        token: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    controlRevokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        scopes: ("read" | "propose" | "approve" | "operate")[];
                        /** @description The only accounts that it may see and name; absent: all */
                        accounts?: string[];
                        /** Format: date-time */
                        created: string;
                        /** Format: date-time */
                        revoked?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrConnect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 127.0.0.1 */
                    host?: string;
                    port: number;
                    /** @default 1 */
                    clientId?: number;
                    account?: string;
                    readonly?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrDisconnect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Account id of the login */
                        account: string;
                        values: {
                            [key: string]: {
                                value: string;
                                currency?: string;
                            };
                        };
                        /** Format: date-time */
                        asOf?: string;
                    } & {
                        /** @description Account id of the login */
                        account: string;
                        currencies: {
                            [key: string]: {
                                [key: string]: {
                                    value: string;
                                    currency?: string;
                                };
                            };
                        };
                        base: {
                            [key: string]: {
                                value: string;
                                currency?: string;
                            };
                        };
                        /** Format: date-time */
                        asOf?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrPositions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        positions: components["schemas"]["Position"][];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrOrders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orders: components["schemas"]["Order"][];
                        waiting: components["schemas"]["Draft"][];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the first answer; another body is 422 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    symbol: string;
                    /** @enum {string} */
                    side: "buy" | "sell";
                    quantity: number | string;
                    /** @enum {string} */
                    marketType: "USStock" | "HShare";
                    /**
                     * @default market
                     * @enum {string}
                     */
                    orderType?: "market" | "limit";
                    price?: number | string;
                    account?: string;
                };
            };
        };
        responses: {
            /** @description Sent */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        orderId: number | null;
                        status: string;
                        outcome: string | null;
                        filled: string;
                        averagePrice: string | null;
                        draft: components["schemas"]["Draft"];
                    };
                };
            };
            /** @description Waits for approval */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        orderId: number | null;
                        status: string;
                        outcome: string | null;
                        filled: string;
                        averagePrice: string | null;
                        draft: components["schemas"]["Draft"];
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "cancelled" | "filled" | "rejected" | "refused" | "declined";
                        why?: string;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ibkrQuote: {
        parameters: {
            query: {
                symbol: string;
                marketType?: "USStock" | "HShare";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamsOrders: {
        parameters: {
            query?: {
                /** @description `lastEvent` of the status: the same for a reader that has seen none yet */
                after?: string;
            };
            header?: {
                /** @description The last number that was seen: what came after it is told first */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they come: `id`, `event`, `data` as JSON; an event `gap` where some are no longer kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamsSession: {
        parameters: {
            query?: {
                /** @description `lastEvent` of the status: the same for a reader that has seen none yet */
                after?: string;
            };
            header?: {
                /** @description The last number that was seen: what came after it is told first */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they come: `id`, `event`, `data` as JSON; an event `gap` where some are no longer kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamsQuotes: {
        parameters: {
            query: {
                symbol: string[];
                market?: string;
            };
            header?: {
                /** @description The last number that was seen: what came after it is told first */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they come: `id`, `event`, `data` as JSON; an event `gap` where some are no longer kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                    };
                };
            };
            /** @description It does not */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ready: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cookie: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
