namespace DeviceHarness.Transports.Pty;

/// <summary>How a pseudo-terminal is made.</summary>
public sealed record PtySettings
{
    /// <summary>The line's name in messages and evidence.</summary>
    public required string Name { get; init; }

    /// <summary>The link that clients open, swapped in by rename; null publishes none. Its folder is made when missing.</summary>
    public string? LinkPath { get; init; }

    /// <summary>How long disposing waits for the client to read what was written; then the rest is thrown away.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether what waits for a read goes on in the line's own thread (and must never block) instead of the thread pool.</summary>
    public bool CompletesReadsInline { get; init; }

    /// <summary>How long a write waits for the client to make room before it gives up.</summary>
    public TimeSpan WriteStallLimit { get; init; } = TimeSpan.FromSeconds(10);
}
