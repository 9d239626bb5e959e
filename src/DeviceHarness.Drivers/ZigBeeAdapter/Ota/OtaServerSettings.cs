namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>How fast, and to how many, an upgrade server gives.</summary>
public sealed record OtaServerSettings
{
    /// <summary>The most clients that progress is kept of; of the one that was silent longest it is dropped first.</summary>
    public const int MaximumClients = 256;

    /// <summary>The most octets in one block, 1 to 64; 48 goes into a frame with every header and suits flash of 16, 24 and 48.</summary>
    public byte MaximumBlockOctets { get; init; } = 48;

    /// <summary>The least time between two blocks to one client, 0 to 65.535 s; a client that asks earlier is told to wait.</summary>
    public TimeSpan MinimumBlockPeriod { get; init; }

    /// <summary>The least time between any two blocks, so that the network keeps air for others; 0 for none.</summary>
    public TimeSpan MinimumBlockSpacing { get; init; }

    /// <summary>The most downloads that go on at a time; others are told to wait.</summary>
    public int MaximumDownloads { get; init; } = 64;

    /// <summary>How long a client waits for which there is no room now; in whole seconds.</summary>
    public TimeSpan BusyWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After this silence a download is slow, and does not count as going on.</summary>
    public TimeSpan QuietAfter { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>After this silence a download is stalled: as a default two wakes of a gas meter, and a little.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(65);

    /// <summary>What moment the instant 0 of the machine was; null when the time is not known: clients are told spans then.</summary>
    public DateTimeOffset? TimeAtOrigin { get; init; }
}
