// What a user can reach on a handle at run time: its own names and those of its classes, and which of them can be assigned.

/** Sorted; a name that can be assigned to is followed by `=`. Methods are not, although JavaScript would let them be replaced. */
export function publicMembers(handle: object): readonly string[] {
  const names = new Set<string>();
  for (let at: object | null = handle; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name === 'constructor') continue;
      const isMethod = typeof member.value === 'function';
      const isWritable = member.set !== undefined || (member.writable === true && !isMethod);
      names.add(isWritable ? `${name}=` : name);
    }
  }
  return [...names].sort();
}
