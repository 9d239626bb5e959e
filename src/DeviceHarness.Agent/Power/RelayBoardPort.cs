using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>A relay board behind its port, which is opened when it is first needed and anew after it was lost. Safe for use from any
/// thread: one request at a time is on the line.</summary>
/// <param name="settings">The board.</param>
/// <param name="open">Opens its line.</param>
internal sealed class RelayBoardPort(RelayBoardSettings settings, Func<IByteTransport> open) : IRelayBoard, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IByteTransport? _line;
    private IRelayBoard? _board;

    /// <inheritdoc/>
    public Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken) => ThroughAsync(
        async board =>
        {
            await board.SetAsync(channel, isEnergised, cancellationToken).ConfigureAwait(false);
            return (bool?)isEnergised;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken) =>
        ThroughAsync(board => board.ReadAsync(channel, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async Task<bool?> ThroughAsync(Func<IRelayBoard, Task<bool?>> use, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _line ??= open();
            _board ??= MakeBoard(_line);
            return await use(_board).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private IRelayBoard MakeBoard(IByteTransport line) => settings.Kind == RelayBoardKind.Lcus
        ? new LcusRelayBoard(line)
        : new ModbusRelayBoard(line, (byte)settings.Address, ModbusRelayBoard.UsualPatience);

    private async ValueTask CloseAsync()
    {
        _board = null;
        if (_line is { } line)
        {
            _line = null;
            await line.DisposeAsync().ConfigureAwait(false);
        }
    }
}
