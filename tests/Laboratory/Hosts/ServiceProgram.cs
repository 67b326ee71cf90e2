using LaborBridge.Employers;
using LaborBridge.Matching;
using LaborBridge.Placements;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>One of the real services, composed as its own program composes it, with the laboratory's clock and where asked with one part replaced.</summary>
internal static class ServiceProgram
{
    /// <summary><c>host SERVICE --clock FILE [--newer] [--mutant NAME] -- the service's own arguments</c>.</summary>
    public static Task<int> Run(string name, string[] args)
    {
        var before = args[..Array.IndexOf(args, "--")];
        ILaborBridgeService service = name switch
        {
            "workers" => new WorkersService(),
            "employers" => new EmployersService(),
            "matching" => new MatchingService(),
            "placements" => new PlacementsService(),
            _ => throw new ArgumentException($"The laboratory does not host {name}.", nameof(name)),
        };
        return LaborBridgeHost.Run(args[(before.Length + 1)..], [service], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new SteppedClock(After(before, "--clock") ?? throw new ArgumentException("--clock is missing.", nameof(args))));
            if (After(before, "--mutant") is { } mutant)
            {
                Mutant.Apply(mutant, name, builder);
            }

            if (before.Contains("--newer"))
            {
                NewerContract.Apply(name, builder);
            }
        });
    }

    private static string? After(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
}
