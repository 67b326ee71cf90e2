using LaborBridge.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// <c>rotate-keys [--new-key]</c>: encrypts everything in the databases of this program under the newest key, while the services run. With <c>--new-key</c> a key
/// is made first. Killed and started again it goes on with what is left. Apart, each service's program is asked in turn, the first of them with <c>--new-key</c>.
/// </summary>
internal static class RotateKeys
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static ServiceCommand Command { get; } = new("rotate-keys", Run);

    private static async Task<int> Run(IServiceProvider services, TextWriter terminal, CancellationToken cancel)
    {
        var keys = services.GetRequiredService<KeyRing>();
        if (services.GetRequiredService<LaborBridgeSettings>().NewKey)
        {
            await terminal.WriteLineAsync($"field-{keys.Add()}.key was made.");
        }

        var newest = keys.Newest;
        if (keys.Current != newest)
        {
            await terminal.WriteLineAsync($"Waiting until every process has found field-{newest}.key and encrypts with it.");
            while (keys.Current != newest)
            {
                await Task.Delay(Look, cancel);
            }
        }

        foreach (var database in services.GetServices<ServiceDatabase>())
        {
            var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
            await KeyRotation.Run(database.Db, keys, database.Sealed, (name, changed) => done[name] = done.GetValueOrDefault(name) + changed, cancel);
            foreach (var (name, changed) in done)
            {
                await terminal.WriteLineAsync($"{database.Service.Name}: {name}: {changed} encrypted under key {newest}.");
            }
        }

        await terminal.WriteLineAsync(
            $"Nothing in these databases is under an older key than field-{newest}.key. Run this once more with the program of every other service; then older files may go, but for backups.");
        return 0;
    }
}
