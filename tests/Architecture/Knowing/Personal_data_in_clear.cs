using LaborBridge.Domain;
using LaborBridge.Tests.Architecture.Statements;
using Xunit;

namespace LaborBridge.Tests.Architecture.Knowing;

/// <summary>A resident ID and a phone number are masked wherever they are printed; few places may take the mask off.</summary>
public sealed class Personal_data_in_clear
{
    /// <summary>Into encryption, and to someone entitled who gave a purpose.</summary>
    private static readonly string[] MayRevealIds = ["LaborBridge.Workers.Sealing", "LaborBridge.Workers.RevealWorker"];

    /// <summary>Also: a firm's contact into encryption, a worker's phone to the firm that the worker consented to.</summary>
    private static readonly string[] MayRevealPhones =
        [.. MayRevealIds, "LaborBridge.Employers.RegisterEmployer", "LaborBridge.Employers.CorrectEmployer", "LaborBridge.Workers.DisclosedWorker"];

    [Fact]
    public void leaves_its_mask_in_named_places_only()
    {
        Faults.None(Revealers(typeof(ResidentId)).Except(MayRevealIds, StringComparer.Ordinal));
        Faults.None(Revealers(typeof(Phone)).Except(MayRevealPhones, StringComparer.Ordinal));
        Assert.NotEmpty(Revealers(typeof(ResidentId)));
    }

    [Fact]
    public void is_found_where_it_is_revealed() => Assert.Contains(
        CallFacts.Of(typeof(Personal_data_in_clear).Assembly, typeof(Phone), nameof(Phone.Reveal)),
        call => call.Type == typeof(Personal_data_in_clear).FullName);

    /// <summary>Planted, within a lambda as most of them are.</summary>
    internal static IEnumerable<string> Planted(IEnumerable<Phone> phones) => phones.Select(phone => phone.Reveal());

    private static IReadOnlyList<string> Revealers(Type type) =>
        [.. AllStatements.Assemblies.SelectMany(assembly => CallFacts.Of(assembly, type, "Reveal", "RevealCore")).Select(call => call.Type).Distinct(StringComparer.Ordinal)];
}
