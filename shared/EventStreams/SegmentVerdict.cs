namespace LaborBridge.EventStreams;

/// <summary>What a subscriber does with a segment.</summary>
internal enum SegmentVerdict
{
    /// <summary>It brings the next events.</summary>
    Apply,

    /// <summary>It brings nothing new, or nothing may be applied now.</summary>
    Discard,

    /// <summary>Something is missing or doubtful: ask the source for what follows the checkpoint.</summary>
    Ask,

    /// <summary>The log is another one than the copy was built from: build it anew.</summary>
    Rebuild,
}

/// <summary>The decision, from the checkpoint and the segment alone.</summary>
internal static class SegmentVerdicts
{
    public static SegmentVerdict Of(Checkpoint checkpoint, Segment segment)
    {
        if (checkpoint.IsWaiting)
        {
            return SegmentVerdict.Discard;
        }

        if ((checkpoint.Incarnation ?? segment.Incarnation) != segment.Incarnation || segment.Head < checkpoint.Position)
        {
            // What the relay sent may be old (a frozen relay, a redelivery). Only the answer to a question that was asked from
            // the present checkpoint proves that the log is another one.
            return segment.Asked == checkpoint.Position + 1 ? SegmentVerdict.Rebuild : SegmentVerdict.Ask;
        }

        if (segment.Events.Length == 0)
        {
            return segment.Head > checkpoint.Position ? SegmentVerdict.Ask : SegmentVerdict.Discard;
        }

        if (segment.LastPosition <= checkpoint.Position)
        {
            return SegmentVerdict.Discard;
        }

        return segment.FirstPosition > checkpoint.Position + 1 ? SegmentVerdict.Ask : SegmentVerdict.Apply;
    }
}
