using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>Where a client's upgrade stands.</summary>
public enum OtaPhase
{
    /// <summary>It was offered the image and has taken nothing.</summary>
    Offered = 0,

    /// <summary>It takes blocks.</summary>
    Downloading,

    /// <summary>All is sent; it verifies.</summary>
    Verifying,

    /// <summary>It confirmed the image and runs it at the time that it was told.</summary>
    CountingDown,

    /// <summary>It confirmed the image and waits until it is told.</summary>
    Waiting,

    /// <summary>It refused the image, gave up, or needs more files first: its status says which.</summary>
    Refused,

    /// <summary>The server ended it.</summary>
    Aborted,
}

/// <summary>Whether a client is still at it.</summary>
public enum OtaLiveness
{
    /// <summary>It was heard a short time ago.</summary>
    Active = 0,

    /// <summary>It is silent, as devices that sleep or verify are: slow, but alive.</summary>
    Quiet,

    /// <summary>It is silent for longer than any device sleeps.</summary>
    Stalled,

    /// <summary>Nothing is expected of it.</summary>
    Over,
}

/// <summary>What is known of one client's download: for people, and for the limits. Nothing that an answer needs.</summary>
public sealed class OtaDownload
{
    private readonly OtaServerSettings _settings;

    internal OtaDownload(OtaServerSettings settings, ulong client, OtaImageId image, int totalOctets, TimeSpan now)
    {
        _settings = settings;
        Client = client;
        Image = image;
        TotalOctets = totalOctets;
        StartedAt = now;
        LastHeardAt = now;
    }

    /// <summary>The client's EUI-64 as a number.</summary>
    public ulong Client { get; }

    /// <summary>The image.</summary>
    public OtaImageId Image { get; }

    /// <summary>The length of the image, in octets.</summary>
    public int TotalOctets { get; }

    /// <summary>Where it stands.</summary>
    public OtaPhase Phase { get; internal set; }

    /// <summary>What the client said when it ended; null before.</summary>
    public ZclStatus? ClientStatus { get; internal set; }

    /// <summary>The first octet that this server was asked for: above 0 the download was begun elsewhere, or before a restart.</summary>
    public uint FirstOffset { get; private set; }

    /// <summary>How far the image was sent, in octets from its beginning.</summary>
    public int ReachedOctets { get; private set; }

    /// <summary>The blocks that were sent.</summary>
    public long Blocks { get; private set; }

    /// <summary>Of those, the ones that were sent before.</summary>
    public long RepeatedBlocks { get; private set; }

    /// <summary>When the first message came.</summary>
    public TimeSpan StartedAt { get; private set; }

    /// <summary>When the last message came.</summary>
    public TimeSpan LastHeardAt { get; private set; }

    internal TimeSpan NextBlockAt { get; set; }

    /// <summary>When it was told to run the image, after it had confirmed it; null when it was not.</summary>
    internal OtaActivation? Told { get; set; }

    internal bool IsPeriodTold { get; set; }

    internal bool IsStallTold { get; set; }

    internal bool IsExpected => Phase is OtaPhase.Offered or OtaPhase.Downloading or OtaPhase.Verifying;

    internal TimeSpan StalledAt => LastHeardAt + _settings.StalledAfter;

    /// <summary>Whether the client is still at it.</summary>
    /// <param name="now">The present instant.</param>
    public OtaLiveness Liveness(TimeSpan now)
    {
        if (!IsExpected)
        {
            return OtaLiveness.Over;
        }

        TimeSpan silence = now - LastHeardAt;
        return silence >= _settings.StalledAfter ? OtaLiveness.Stalled
            : silence >= _settings.QuietAfter ? OtaLiveness.Quiet
            : OtaLiveness.Active;
    }

    /// <summary>The measured rate over everything since its first block, sleep included, in octets a second; null before the second
    /// block.</summary>
    public double? OctetsPerSecond => Blocks > 1 && LastHeardAt > StartedAt
        ? (ReachedOctets - FirstOffset) / (LastHeardAt - StartedAt).TotalSeconds
        : null;

    /// <summary>How long the rest takes at the measured rate; null while there is none.</summary>
    public TimeSpan? EstimatedRest => OctetsPerSecond is > 0 and { } rate
        ? TimeSpan.FromSeconds((TotalOctets - ReachedOctets) / rate)
        : null;

    internal void Heard(TimeSpan now)
    {
        LastHeardAt = now;
        IsStallTold = false;
    }

    internal void Sent(uint offset, int octets, TimeSpan now)
    {
        if (Blocks == 0)
        {
            FirstOffset = offset;
            StartedAt = now;
        }

        int end = (int)offset + octets;
        RepeatedBlocks += end <= ReachedOctets ? 1 : 0;
        ReachedOctets = Math.Max(ReachedOctets, end);
        Blocks++;
        Phase = ReachedOctets == TotalOctets ? OtaPhase.Verifying : OtaPhase.Downloading;
    }
}
