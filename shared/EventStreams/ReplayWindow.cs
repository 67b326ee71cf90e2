namespace LaborBridge.EventStreams;

/// <summary>
/// The one replay request that a subscriber has open, if any. A request at every gap would be a storm: each answer brings the
/// source's whole tail into the queue again.
/// </summary>
internal sealed class ReplayWindow(StreamOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private bool wanted;
    private bool open;
    private long upTo;
    private long progress;
    private long touched;

    /// <summary>Something is missing. True when a request is to be sent now.</summary>
    public bool Want()
    {
        lock (gate)
        {
            wanted = true;
            return !IsOpen;
        }
    }

    /// <summary>Whether a request is to be sent now; then it is open.</summary>
    public bool TryOpen(long checkpoint)
    {
        lock (gate)
        {
            if (!wanted || IsOpen)
            {
                return false;
            }

            (open, wanted, upTo, progress, touched) = (true, false, checkpoint + options.Window, checkpoint, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>
    /// The checkpoint stands here, by a segment that told of that head. Closes the request when all of it came; the next window is
    /// wanted when there is more. True when one is to be sent now.
    /// </summary>
    public bool Reached(long checkpoint, long head)
    {
        lock (gate)
        {
            if (checkpoint >= head)
            {
                (open, wanted) = (false, false);
            }
            else if (open && checkpoint >= upTo)
            {
                (open, wanted) = (false, true);
            }
            else if (open && checkpoint > progress)
            {
                (progress, touched) = (checkpoint, time.GetTimestamp());
            }

            return wanted && !open;
        }
    }

    /// <summary>Whether a request waits for its answer, and for too long.</summary>
    public bool IsOverdue
    {
        get
        {
            lock (gate)
            {
                return open && !IsOpen;
            }
        }
    }

    /// <summary>The copy starts anew: what was asked has no meaning any more.</summary>
    public void Restart()
    {
        lock (gate)
        {
            (open, wanted) = (false, true);
        }
    }

    private bool IsOpen => open && time.GetElapsedTime(touched) < options.ReplayTimeout;
}
