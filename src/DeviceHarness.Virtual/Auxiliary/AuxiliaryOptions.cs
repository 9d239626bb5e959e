using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeviceHarness.Virtual.Auxiliary;

/// <summary>A switching time of an auxiliary load, every day.</summary>
/// <param name="Start">The time of day, UTC.</param>
/// <param name="IsClosed">Whether the load is on from then on.</param>
public sealed record AuxiliarySwitch(TimeSpan Start, bool IsClosed);

/// <summary>An auxiliary load behind its own switch.</summary>
/// <param name="Label">What it is, 1 to 22 characters.</param>
/// <param name="Watts">What it takes while it is on, in watts (0 to 100,000).</param>
/// <param name="Calendar">When it is switched.</param>
public sealed record AuxiliaryLoadOptions(string Label, int Watts, IReadOnlyList<AuxiliarySwitch> Calendar);

/// <summary>The auxiliary loads and boost buttons of a virtual meter.</summary>
public sealed record AuxiliaryOptions
{
    /// <summary>The most auxiliary loads, and boost buttons.</summary>
    public const int MaximumCount = 5;

    /// <summary>The loads; none for a meter without.</summary>
    public IReadOnlyList<AuxiliaryLoadOptions> Loads { get; init; } = [];

    /// <summary>Whether a client may switch them; otherwise only calendar and button do.</summary>
    public bool IsRemoteOverrideAllowed { get; init; } = true;

    /// <summary>Which loads each boost button turns on, by number from 1.</summary>
    public IReadOnlyList<IReadOnlyList<int>> BoostButtons { get; init; } = [];

    /// <summary>Whether a client may read and change what the buttons do; otherwise the meter has no object for them.</summary>
    public bool IsBoostRemote { get; init; } = true;

    /// <summary>How long a boost lasts.</summary>
    public TimeSpan BoostTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether a meter is one of the share of its cohort that has auxiliary loads: its seed decides, always in the same
    /// way.</summary>
    /// <param name="seed">The meter's seed.</param>
    /// <param name="share">The share, 0 (none) to 1 (all).</param>
    public static bool IsOfShare(long seed, double share)
    {
        Span<byte> octets = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(octets, seed);
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(octets)) < share * ((double)uint.MaxValue + 1);
    }
}
