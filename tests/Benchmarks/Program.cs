using LaborBridge.Tests.Benchmarks;

// Prints figures; README.md beside this file has those of the last release with the machine they were taken on.
switch (args)
{
    case ["streams"]:
        await Streams.Run();
        return 0;
    case ["recovery", ..]:
        await Recovery.Run(args is [_, var events] ? int.Parse(events) : 1_000_000);
        return 0;
    case ["registrations"]:
        await Registrations.Run();
        return 0;
    case ["rosters", ..]:
        await Rosters.Run(args is [_, var rows] ? int.Parse(rows) : 100_000);
        return 0;
    case ["search", ..]:
        await Search.Run(args is [_, var workersSearched] ? int.Parse(workersSearched) : 330_000);
        return 0;
    case ["demo"]:
        await Demo.Run();
        return 0;
    case ["peers", var market, var workers]:
        Peers.Run(market, int.Parse(workers));
        return 0;
    case ["engine", var market, "growth"]:
        Engine.Growth(market);
        return 0;
    case ["engine", var market, var workers, .. var parts]:
        Engine.Run(market, int.Parse(workers), parts);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Say what to measure: streams, recovery, registrations, rosters, search [WORKERS], demo, engine A|B WORKERS [PARTS] or engine A|B growth, peers A|B WORKERS");
        return 2;
}
