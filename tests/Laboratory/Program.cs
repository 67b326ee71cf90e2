using System.Diagnostics;
using LaborBridge.Tests.Laboratory;

if (args is ["host", var service, ..])
{
    return await ServiceProgram.Run(service, args[2..]);
}

if (!Arguments.TryRead(args, out var seed, out var minutes, out var seconds, out var only, out var answers))
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/Laboratory -- [--seed N] [--minutes M] [--seconds S] [--answers 1]\n  Runs one seed after the other, from N on, S seconds of faults each, until M minutes are over. Without --minutes: the one seed.");
    return 2;
}

var outcomes = new List<Outcome>();
var clock = Stopwatch.StartNew();
do
{
    var outcome = await Run.Of(Script.Of(seed, TimeSpan.FromSeconds(seconds)), keep: Path.Combine(Path.GetTempPath(), "laborbridge-laboratory"));
    outcomes.Add(outcome);
    Console.WriteLine(Report.Line(outcome));
    foreach (var line in outcome.Violations.Concat(answers || outcome.Violations.Count > 0 ? outcome.Answers : []))
    {
        Console.WriteLine($"  {line}");
    }

    seed++;
}
while (!only && clock.Elapsed.TotalMinutes < minutes);

Console.WriteLine();
Console.WriteLine(Report.Table(outcomes));
return outcomes.Exists(outcome => outcome.Violations.Count > 0) ? 1 : 0;
