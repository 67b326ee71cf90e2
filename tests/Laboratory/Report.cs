using System.Globalization;
using System.Text;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The figures of some runs as a table.</summary>
internal static class Report
{
    public static string Line(Outcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"seed {outcome.Script.Seed,3}  {outcome.Script.Setup,-40} {outcome.Faults.Values.Sum(),3} faults  {outcome.Requests,6:N0} requests ({outcome.Repeated:N0} again)  {outcome.Writes,5:N0} writes  {outcome.Events,6:N0} events  right after {outcome.Convergence.TotalSeconds,4:0.0} s  {outcome.Violations.Count} violations");

    public static string Table(IReadOnlyList<Outcome> outcomes)
    {
        var text = new StringBuilder();
        text.AppendLine("| fault | times |").AppendLine("|---|---|");
        foreach (var kind in outcomes.SelectMany(outcome => outcome.Faults).GroupBy(pair => pair.Key, pair => pair.Value).OrderBy(group => group.Key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Words($"{kind.Key}")} | {kind.Sum()} |");
        }

        var recoveries = outcomes.SelectMany(outcome => outcome.Recoveries).Order().ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"""

            {outcomes.Count} seeds, {outcomes.Sum(outcome => outcome.Faults.Values.Sum())} faults, {outcomes.Sum(outcome => outcome.Requests):N0} requests, {outcomes.Sum(outcome => outcome.Writes):N0} acknowledged writes, {outcomes.Sum(outcome => outcome.Events):N0} events
            recovery p50 {At(recoveries, 0.5):0.0} s, p99 {At(recoveries, 0.99):0.0} s; everything right after the last fault: at worst {outcomes.Max(outcome => outcome.Convergence.TotalSeconds):0.0} s
            {outcomes.Sum(outcome => outcome.Looked.Values.Sum()):N0} checks by {outcomes.SelectMany(outcome => outcome.Looked.Keys).Distinct().Count()} rules, {outcomes.Sum(outcome => outcome.Violations.Count)} violations
            """);
        return text.ToString();
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)].TotalSeconds;

    private static string Words(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
