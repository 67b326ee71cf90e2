namespace LaborBridge.Matching.Engine;

/// <summary>
/// What a search for somebody to take a free seat asks of workers, side by side in memory: most have something better, and each of thousands is passed over by one look here. Homes and needs are
/// numbered, and what a site or an offer is to each of them stands in a table of its own.
/// </summary>
internal sealed class Tastes(PostingIndex postings)
{
    const short Nothing = -1, Away = short.MaxValue;

    readonly Numbered homes = new(postings);
    readonly Numbered needs = new(postings);
    Taste[] tastes = [];
    short[] ofSite = [];
    short[] ofOffer = [];
    long pay;

    /// <summary>Takes a worker in, who has no place yet.</summary>
    public void Add(int slot, WorkerView view)
    {
        if (slot >= tastes.Length)
            Array.Resize(ref tastes, Math.Max(64, Math.Max(slot + 1, 2 * tastes.Length)));
        var partner = view.Entry.PartnerAt is null ? 0 : postings.Profile.Worker.Partner;
        tastes[slot] = new(view.LowestPay, Nothing, homes.Of(view.Home), needs.Of(view.Needs), (short)partner);
    }

    /// <summary>Notes the score of the place that the worker has; null for none.</summary>
    public void Has(int slot, int? score) => tastes[slot].Held = (short?)score ?? Nothing;

    /// <summary>The worker takes no seat for now.</summary>
    public void SendAway(int slot) => tastes[slot].Held = Away;

    /// <summary>The posting that <see cref="MayPrefer"/> asks about.</summary>
    public void Ask(PostingEntry posting, short site, short offer) => (pay, ofSite, ofOffer) = (posting.GuaranteedPay, homes.Points(site), needs.Points(offer));

    /// <param name="slot">The worker.</param>
    /// <param name="wished">Points for trade and place at most.</param>
    /// <summary>False if the worker, whom no rule bars, has something that is no worse for certain; a bound, to be looked into further.</summary>
    public bool MayPrefer(int slot, int wished)
    {
        ref readonly var taste = ref tastes[slot];
        return taste.Held <= postings.Pay.Points(pay, taste.LowestPay) + ofSite[taste.Home] + ofOffer[taste.Needs] + taste.Partner + wished;
    }

    struct Taste(int lowestPay, short held, short home, short needs, short partner)
    {
        public readonly int LowestPay = lowestPay;
        public readonly short Home = home, Needs = needs, Partner = partner;
        public short Held = held;
    }

    /// <summary>Rows by number, and their points for a kind by the number of the row.</summary>
    sealed class Numbered(PostingIndex postings)
    {
        readonly Dictionary<Row, short> numbers = [];
        readonly List<Row> rows = [];
        readonly Dictionary<short, short[]> tables = [];

        public short Of(Row row)
        {
            if (!numbers.TryGetValue(row, out var number))
            {
                numbers.Add(row, number = checked((short)rows.Count));
                rows.Add(row);
            }

            return number;
        }

        public short[] Points(short kind)
        {
            if (!tables.TryGetValue(kind, out var table) || table.Length < rows.Count)
                tables[kind] = table = [.. rows.Select(row => row.Under(postings.Version).Points[kind])];
            return table;
        }
    }
}
