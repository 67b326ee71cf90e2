namespace LaborBridge.Persistence;

/// <summary>
/// Encrypts everything in a database under the ring's current key. Each portion is a transaction of its own and says itself what it found under an older key, so
/// it may run beside the service, be killed anywhere and be started again: nothing has to be remembered. It ends when a whole pass found nothing.
/// </summary>
public static class KeyRotation
{
    /// <summary>Runs until nothing is under an older key.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">The ring, its newest key settled.</param>
    /// <param name="all">What is encrypted in it.</param>
    /// <param name="progress">Told of each portion: name and how many values.</param>
    /// <param name="cancel">Stops between two portions.</param>
    /// <returns>How many values were encrypted anew.</returns>
    public static async Task<long> Run(Db db, KeyRing keys, IReadOnlyList<ISealed> all, Action<string, int> progress, CancellationToken cancel)
    {
        for (var total = 0L; ;)
        {
            var pass = 0L;
            foreach (var one in all)
            {
                for (var after = ""; after is not null;)
                {
                    cancel.ThrowIfCancellationRequested();
                    var from = after;
                    var (changed, next) = await db.Write(tx => one.Reseal(tx, keys, from), repeatable: true, cancel);
                    progress(one.Name, changed);
                    pass += changed;
                    after = next!;
                }
            }

            total += pass;
            if (pass == 0)
            {
                return total;
            }
        }
    }
}
