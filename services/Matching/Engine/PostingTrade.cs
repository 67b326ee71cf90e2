namespace LaborBridge.Matching.Engine;

/// <summary>
/// The postings that a wish for one trade finds. Small trades are one shelf; a large one has a shelf for each province and city besides, so that a worker who wishes
/// a place does not read the others.
/// </summary>
/// <param name="code">The trade.</param>
/// <param name="number">Its number, from <see cref="FirstNumber"/>.</param>
/// <param name="index">Whose shelves these are.</param>
internal sealed class PostingTrade(string code, short number, PostingIndex index)
{
    /// <summary>Numbers below this say whether a posting is skilled: <see cref="PostingFigures.Origin"/>.</summary>
    public const short FirstNumber = 2;

    const int Large = 512;

    PostingShelf?[]? byPlace;

    public string Code { get; } = code;

    public short Number { get; } = number;

    /// <summary>All of them.</summary>
    public PostingShelf All { get; } = new(index.Pay);

    /// <summary>What postings ask for: grade, certificates and languages, and whether the posting belongs to another trade, in which case the grade in this one is nothing to it.</summary>
    public Kinds<(bool Foreign, int Grade, string Certificates, string Languages), PostingEntry> Asks { get; } = new();

    public AskedFor Asked { get; } = new();

    /// <summary>The shelves that hold every posting of the trade in the places, each once.</summary>
    /// <param name="places">Numbers from <see cref="PostingIndex.PlaceNumber"/>, none within another; none: everywhere.</param>
    /// <param name="number">Which of the shelves, from 0; ask until null comes for all of <paramref name="places"/>.</param>
    public PostingShelf? Shelf(int[] places, int number)
    {
        if (places.Length == 0 || byPlace is null)
            return number == 0 ? All : null;
        return places[number] < byPlace.Length ? byPlace[places[number]] : null;
    }

    /// <summary>How many shelves to ask for.</summary>
    public int Shelves(int[] places) => places.Length == 0 || byPlace is null ? 1 : places.Length;

    public void Add(in PostingFigures posting)
    {
        All.Add(posting);
        if (byPlace is not null)
            AddToPlaces(posting);
        else if (All.Count > Large)
            Split();
    }

    public void Remove(Guid id, int pay, short site)
    {
        All.Remove(id, pay);
        if (byPlace is null)
            return;
        foreach (var place in index.PlacesOf(site))
            byPlace[place]!.Remove(id, pay);
    }

    /// <summary>Tells the shelves the least score that gets into a posting.</summary>
    public void SetCutoff(Guid id, int pay, short site, short score)
    {
        All.SetCutoff(All.Find(id, pay), score);
        if (byPlace is null)
            return;
        foreach (var place in index.PlacesOf(site))
            byPlace[place]!.SetCutoff(byPlace[place]!.Find(id, pay), score);
    }

    /// <summary>Every shelf there is.</summary>
    public IEnumerable<PostingShelf> Every() => byPlace is null ? [All] : byPlace.Append(All).OfType<PostingShelf>();

    void Split()
    {
        byPlace = [];
        for (var position = 0; position < All.Count; position++)
            AddToPlaces(All.At(position));
    }

    void AddToPlaces(in PostingFigures posting)
    {
        foreach (var place in index.PlacesOf(posting.Site))
        {
            if (place >= byPlace!.Length)
                Array.Resize(ref byPlace, place + 8);
            (byPlace[place] ??= new(index.Pay)).Add(posting);
        }
    }
}
