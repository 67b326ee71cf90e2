using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>Instances of stable marriage and hospitals and residents with the solutions their authors give.</summary>
public sealed class Published_instances
{
    // D. Gale, L. S. Shapley: College admissions and the stability of marriage, 1962, example 1: three stable assignments, the men's best among them.
    [Fact]
    public void gale_and_shapley_example_1()
    {
        var lists = new PreferenceLists(
            workers: new() { ["α"] = ["A", "B", "C"], ["β"] = ["B", "C", "A"], ["γ"] = ["C", "A", "B"] },
            postings: new() { ["A"] = ["β", "γ", "α"], ["B"] = ["γ", "α", "β"], ["C"] = ["α", "β", "γ"] });
        AssertSolution(lists, "α-A β-B γ-C", stableAssignments: 3);
    }

    // The same, example 2: exactly one stable assignment.
    [Fact]
    public void gale_and_shapley_example_2()
    {
        var lists = new PreferenceLists(
            workers: new() { ["α"] = ["A", "B", "C", "D"], ["β"] = ["A", "D", "C", "B"], ["γ"] = ["B", "A", "C", "D"], ["δ"] = ["D", "B", "C", "A"] },
            postings: new() { ["A"] = ["δ", "γ", "α", "β"], ["B"] = ["β", "δ", "α", "γ"], ["C"] = ["δ", "α", "β", "γ"], ["D"] = ["γ", "β", "α", "δ"] });
        AssertSolution(lists, "α-C β-D γ-A δ-B", stableAssignments: 1);
    }

    // README of the Python package "matching" (Wilde, Knight, Gillard, JOSS 2020): stable marriage.
    [Fact]
    public void wilde_stable_marriage()
    {
        var lists = new PreferenceLists(
            workers: new() { ["A"] = ["D", "E", "F"], ["B"] = ["D", "F", "E"], ["C"] = ["F", "D", "E"] },
            postings: new() { ["D"] = ["B", "C", "A"], ["E"] = ["A", "C", "B"], ["F"] = ["C", "B", "A"] });
        AssertSolution(lists, "A-E B-D C-F", stableAssignments: 1);
    }

    // The same: hospitals and residents, two places each.
    [Fact]
    public void wilde_hospitals_and_residents()
    {
        var lists = new PreferenceLists(
            workers: new() { ["A"] = ["C"], ["S"] = ["C", "M"], ["D"] = ["C", "M", "G"], ["J"] = ["C", "G", "M"], ["L"] = ["M", "C", "G"] },
            postings: new() { ["M"] = ["D", "J", "L", "S"], ["C"] = ["D", "A", "S", "L", "J"], ["G"] = ["D", "J", "L"] },
            seats: new() { ["M"] = 2, ["C"] = 2, ["G"] = 2 });
        AssertSolution(lists, "A-C D-C J-G L-M S-M", stableAssignments: 1);
    }

    static void AssertSolution(PreferenceLists lists, string solution, int stableAssignments)
    {
        var result = lists.Run();
        Assert.Equal(solution, lists.Names(result.Matches));
        Assert.Equal(0, Markets.CountBlocking(lists.Workers, lists.Postings, result.Matches, PreferenceLists.Profile));
        Assert.Equal(stableAssignments, new Stability(lists.Workers, lists.Postings, PreferenceLists.Profile).AllStable().Count);
    }
}
