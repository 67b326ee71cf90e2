using System.Text.Json.Serialization;
using LaborBridge.Domain;

namespace LaborBridge.Placements.Indicators;

/// <summary>Days from the first to the last, as far as the as-of day allows, by day number.</summary>
internal readonly record struct Window(int From, int To, int AsOf)
{
    public static Window Of(DateOnly from, DateOnly to, DateOnly asOf) => new(from.DayNumber, Math.Min(to.DayNumber, asOf.DayNumber), asOf.DayNumber);
}

/// <summary>
/// Counts the indicators of domain.md 5 for one row. Persons are counted once a row however many spells they have; departures, spells and trainings each.
/// </summary>
internal sealed class Tally
{
    readonly HashSet<int> transferred = [], arranged = [], local = [], onPost = [], stableInFujian = [], outOfPoverty = [], monitored = [], returned = [];
    readonly HashSet<int> transferredOutOfPoverty = [], transferredMonitored = [];
    readonly Dictionary<string, HashSet<int>> localByChannel = LocalChannels.ToDictionary(channel => channel, _ => new HashSet<int>());
    int spells, outOfCounty, outOfProvince, newTransfers, organised, could3, met3, could6, met6;
    int departuresNew, departuresReturning, toFujianNew, toFujianReturning, byTrip, trained;
    long wageFen, months, provedMonths;

    /// <summary>The channels of local employment.</summary>
    public static readonly IReadOnlyList<string> LocalChannels = ["fujian-invested", "aid-workshop", "public-welfare", "other"];

    /// <summary>Adds what a spell contributes.</summary>
    /// <param name="spell">The spell.</param>
    /// <param name="window">The period and the as-of day.</param>
    /// <param name="localChannel">One of <see cref="LocalChannels"/>.</param>
    /// <param name="note">Takes note of each fact that one indicator looks at; null when nobody asks.</param>
    public void Add(Spell spell, Window window, string localChannel, Note? note)
    {
        if (!spell.Counts)
            return;
        foreach (var departure in spell.Departures)
            Depart(spell, departure, window, note);
        if (spell.First > window.AsOf)
            return;
        var last = spell.Last <= window.AsOf ? spell.Last : Spell.Never;
        if (spell.First <= window.To && last >= window.From)
            Work(spell, window, localChannel, note);
        if (spell.First >= window.From && spell.First <= window.To)
        {
            newTransfers++;
            organised += Noted(note, "organisedRate", spell.StartedAt, spell.Channel?.Organised == true);
        }

        if (last >= window.AsOf)
            Stand(spell, window, note);
        if (spell.Returned && last >= window.From && last <= window.To)
            Noted(note, "returned", spell.LeftAt, returned.Add(spell.Worker));
        Earn(spell, window, last, note);
    }

    /// <summary>Adds a finished training.</summary>
    public void AddTraining(int fact, Note? note) => trained += Noted(note, "trained", fact, holds: true);

    /// <summary>The row's figures.</summary>
    public IndicatorRow ToRow(string key, string label) => new(
        key, label, transferred.Count, arranged.Count,
        new DepartureCounts(departuresNew, departuresReturning, departuresNew + departuresReturning, toFujianNew + toFujianReturning, toFujianNew, toFujianReturning),
        Share(organised, newTransfers), byTrip, Share(outOfCounty, spells), Share(outOfProvince, spells),
        new LocalCounts(local.Count, LocalChannels.ToDictionary(channel => channel, channel => localByChannel[channel].Count)),
        Share(met3, could3), Share(met6, could6), stableInFujian.Count, onPost.Count, outOfPoverty.Count, monitored.Count, transferredOutOfPoverty.Count, transferredMonitored.Count,
        returned.Count, new Money(wageFen).ToYuan(), trained, Share(provedMonths, months),
        new Denominators(spells, newTransfers, could3, could6, months));

    void Depart(Spell spell, Departure departure, Window window, Note? note)
    {
        // Work in the home region begins without a departure, and the way back to it is none (就地就近).
        if (spell.Local || departure.On < window.From || departure.On > window.To)
            return;
        if (departure.Returning)
            departuresReturning++;
        else
            departuresNew++;
        Noted(note, "departures", departure.Fact, holds: true);
        Noted(note, departure.Returning ? "departures.returning" : "departures.new", departure.Fact, holds: true);
        byTrip += Noted(note, "pointToPoint", departure.Fact, departure.ByTrip);
        var toFujian = Noted(note, "departures.toFujian", departure.Fact, spell.InFujian);
        if (departure.Returning)
            toFujianReturning += toFujian;
        else
            toFujianNew += toFujian;
    }

    void Work(Spell spell, Window window, string localChannel, Note? note)
    {
        spells++;
        Noted(note, "workersTransferred", spell.StartedAt, transferred.Add(spell.Worker));
        if (spell.Channel?.Programme == true)
            Noted(note, "arranged", spell.StartedAt, arranged.Add(spell.Worker));
        outOfCounty += Noted(note, "outOfCountyRate", spell.StartedAt, spell.Place is PlaceClass.WithinProvince or PlaceClass.OutsideProvince);
        outOfProvince += Noted(note, "outOfProvinceRate", spell.StartedAt, spell.Place is PlaceClass.OutsideProvince);
        if (spell.Status?.OutOfPoverty == true)
            Noted(note, "transferredOutOfPoverty", spell.StartedAt, transferredOutOfPoverty.Add(spell.Worker));
        if (spell.Status?.Monitored == true)
            Noted(note, "transferredMonitored", spell.StartedAt, transferredMonitored.Add(spell.Worker));
        if (spell.Local)
        {
            Noted(note, "localEmployment", spell.StartedAt, local.Add(spell.Worker));
            localByChannel[localChannel].Add(spell.Worker);
        }

        if (spell.EndOfMonth(3) <= window.AsOf)
        {
            could3++;
            met3 += Noted(note, "stable3Rate", spell.StartedAt, spell.Served(3, window.AsOf));
        }

        if (spell.EndOfMonth(6) <= window.AsOf)
        {
            could6++;
            met6 += Noted(note, "stable6Rate", spell.StartedAt, spell.Served(6, window.AsOf));
        }
    }

    void Stand(Spell spell, Window window, Note? note)
    {
        Noted(note, "onPost", spell.StartedAt, onPost.Add(spell.Worker));
        if (spell.Status?.OutOfPoverty == true)
            Noted(note, "outOfPoverty", spell.StartedAt, outOfPoverty.Add(spell.Worker));
        if (spell.Status?.Monitored == true)
            Noted(note, "monitored", spell.StartedAt, monitored.Add(spell.Worker));
        if (spell.InFujian)
            Noted(note, "stableInFujian", spell.StartedAt, spell.Served(3, window.AsOf) && stableInFujian.Add(spell.Worker));
    }

    // Pay of the months of service that ended within the period.
    void Earn(Spell spell, Window window, int last, Note? note)
    {
        var until = Math.Min(last, window.To);
        var (before, proved) = (months, provedMonths);
        for (var month = Math.Max(1, ((window.From - spell.First) / 31) - 1); ; month++)
        {
            var end = spell.EndOfMonth(month);
            if (end > until)
                break;
            if (end < window.From)
                continue;
            months++;
            wageFen += spell.PayFen;
            provedMonths += month <= Placement.MostMonths && (spell.Evidence & (1L << (month - 1))) != 0 ? 1 : 0;
        }

        if (months == before)
            return;
        note?.Invoke("wageIncome", spell.StartedAt, holds: true, new Money(spell.PayFen * (months - before)).ToYuan());
        note?.Invoke("evidenceShare", spell.StartedAt, provedMonths > proved, provedMonths - proved);
    }

    static int Noted(Note? note, string indicator, int fact, bool holds)
    {
        note?.Invoke(indicator, fact, holds, value: null);
        return holds ? 1 : 0;
    }

    static decimal? Share(long part, long whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
}

/// <summary>Takes note of a fact that an indicator looked at.</summary>
/// <param name="indicator">The indicator.</param>
/// <param name="fact">Index of the fact.</param>
/// <param name="holds">Whether it adds to the figure; of a rate: to the upper part.</param>
/// <param name="value">What it adds where that is not one.</param>
internal delegate void Note(string indicator, int fact, bool holds, decimal? value);

/// <summary>The figures of one row; rates are shares of 1, null where nothing could be counted.</summary>
internal sealed record IndicatorRow(
    string Key, string Label, int WorkersTransferred, int Arranged, DepartureCounts Departures, decimal? OrganisedRate, int PointToPoint, decimal? OutOfCountyRate, decimal? OutOfProvinceRate,
    LocalCounts LocalEmployment, decimal? Stable3Rate, decimal? Stable6Rate, int StableInFujian, int OnPost, int OutOfPoverty, int Monitored, int TransferredOutOfPoverty, int TransferredMonitored,
    int Returned, decimal WageIncome, int Trained, decimal? EvidenceShare, Denominators Of)
{
    /// <summary>Whether nothing at all was counted.</summary>
    [JsonIgnore]
    public bool IsEmpty => Of is { Spells: 0, NewTransfers: 0, Months: 0 } && Departures.Total == 0 && Trained == 0 && Returned == 0 && OnPost == 0;
}

/// <summary>Departures (人次): 新输转 and 返岗, together and apart; to Fujian apart.</summary>
internal sealed record DepartureCounts(int New, int Returning, int Total, int ToFujian, int ToFujianNew, int ToFujianReturning);

/// <summary>Local employment (就地就近).</summary>
internal sealed record LocalCounts(int Total, IReadOnlyDictionary<string, int> ByChannel);

/// <summary>What the rates are shares of.</summary>
internal sealed record Denominators(int Spells, int NewTransfers, int Stable3, int Stable6, long Months);
