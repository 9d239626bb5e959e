using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Power;

/// <summary>The small USB relay boards of the LCUS kind, 9600 baud 8N1. They answer nothing, so that only an input at the supply tells
/// whether a contact moved.</summary>
/// <remarks>By their sellers' description:
/// <code>
/// A0 | channel, from 1 | 01 driven, 00 let go | sum of the three, low octet
/// </code>
/// </remarks>
/// <param name="line">The board's line.</param>
public sealed class LcusRelayBoard(IByteTransport line) : IRelayBoard
{
    /// <summary>The highest channel.</summary>
    public const int MaximumChannel = 254;

    private const byte Mark = 0xA0;

    /// <inheritdoc/>
    public async Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, MaximumChannel);
        byte state = isEnergised ? (byte)1 : (byte)0;
        await line.WriteAsync(new[] { Mark, (byte)channel, state, (byte)(Mark + channel + state) }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);
}
