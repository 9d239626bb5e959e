using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Power;

/// <summary>A relay board on a serial line, whose contacts are before the meters of a virtual bench.</summary>
/// <remarks>All coils are off when it is switched on. A coil stays as it was told, whoever told it comes or goes: such boards have no
/// watchdog, so that with a normally-closed contact a harness that dies with the supply off leaves it off. Safe for use from any thread;
/// one pump at a time.</remarks>
public sealed class VirtualRelayBoard : ILineDevice
{
    private readonly Lock _gate = new();
    private readonly RelayBoardOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CoilBank _coils;
    private readonly IBoardMachine _machine;
    private TimeSpan? _frameEnds;

    /// <summary>Switches a board on.</summary>
    /// <param name="name">Its name in the rig file.</param>
    /// <param name="options">What it is.</param>
    /// <param name="contacts">What its coils move; contacts of a channel that nobody wired are not there.</param>
    /// <param name="time">What makes its time run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of channels is not 1 to
    /// <see cref="RelayBoardOptions.MaximumChannels"/>, or a contact is at a channel that the board does not have.</exception>
    public VirtualRelayBoard(string name, RelayBoardOptions options, IReadOnlyList<BoardContact> contacts, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(contacts);
        ArgumentNullException.ThrowIfNull(time);
        Name = name;
        _options = options;
        _time = time;
        _start = time.GetTimestamp();
        _coils = new CoilBank(options, contacts);
        _machine = options.Protocol == RelayBoardProtocol.Lcus ? new LcusMachine(_coils) : new ModbusMachine(options, _coils);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public LineSetting? Line => null;

    /// <inheritdoc/>
    public bool IsConnectionOver => false;

    /// <inheritdoc/>
    public TimeSpan TimeToNextStep
    {
        get
        {
            lock (_gate)
            {
                TimeSpan? drop = _coils.NextDrop;
                return LinePump.TimeTo(drop is null || _frameEnds < drop ? _frameEnds ?? drop : drop, Elapsed);
            }
        }
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Whether the board drives a coil, as it has it itself.</summary>
    /// <param name="channel">The channel, from 1 to the number of channels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The board has no such channel.</exception>
    public bool IsDriven(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, _coils.Count);
        lock (_gate)
        {
            _coils.Settle(Elapsed);
            return _coils.IsDriven(channel - 1);
        }
    }

    /// <inheritdoc/>
    public void ResetLink()
    {
        lock (_gate)
        {
            _machine.Reset();
            _frameEnds = null;
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            TimeSpan now = Elapsed;
            _coils.Settle(now);
            byte[] late = [];
            if (_frameEnds <= now)
            {
                _frameEnds = null;
                late = _machine.EndOfFrame(now);
            }

            if (octets.IsEmpty)
            {
                return late;
            }

            _frameEnds = now + _options.Silence;
            return (byte[])[.. late, .. _machine.Receive(octets, now)];
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(VirtualLine line, CancellationToken cancellationToken) => LinePump.RunAsync(this, line, cancellationToken);
}
