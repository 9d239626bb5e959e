using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Pty;

/// <summary>The device's end of a virtual wire: a client opens the other end as a serial port.</summary>
/// <remarks>It keeps the client's end open too, so that a client may come and go without a hang-up, and tells by it what the client has
/// not read yet. A pseudo-terminal has no rate, no parity bits, no modem lines, no counters and no break. One reader and one writer at a
/// time.</remarks>
public sealed class PtyMasterTransport : IByteTransport
{
    private const int SpeedAtCreation = 9600;

    /// <summary>How many looks in a row must find nothing before the line counts as drained.</summary>
    private const int EmptyLooks = 8;
    private static readonly TimeSpan DrainStep = TimeSpan.FromMilliseconds(1);

    private readonly TtyChannel _channel;
    private readonly PosixHandle _slave;
    private readonly TimeSpan _drainLimit;
    private readonly string? _linkPath;
    private bool _isDisposed;

    private PtyMasterTransport(PtySettings settings, PosixHandle master, PosixHandle slave, string slavePath)
    {
        Name = settings.Name;
        SlavePath = slavePath;
        _slave = slave;
        _linkPath = settings.LinkPath;
        _drainLimit = settings.DrainLimit;
        _channel = new TtyChannel(Name, master, settings.CompletesReadsInline, settings.WriteStallLimit);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The client's device node, such as <c>/dev/pts/3</c>; its number is used again as soon as both ends are closed: never keep
    /// it.</summary>
    public string SlavePath { get; }

    /// <summary>What a client opens: the published link, or the node when there is none.</summary>
    public string ClientPath => _linkPath ?? SlavePath;

    /// <inheritdoc/>
    public LineRate Rate => LineRate.None;

    /// <summary>The rate that the client set last, in baud; 9600 before any client set one.</summary>
    /// <exception cref="TransportException">TRAN-005 closed.</exception>
    public int ClientBaud => _channel.WithDescriptor(master =>
    {
        Termios2 line = default;
        return LibC.Control(master, Termios2.GetRequest, ref line) == 0
            ? (int)line.Ospeed
            : throw TtyFaults.NotSet(Name, "a terminal", Marshal.GetLastPInvokeError());
    });

    /// <summary>Makes a pseudo-terminal, sets it raw and publishes its link.</summary>
    /// <param name="settings">Name and link.</param>
    /// <returns>The device's end; the caller disposes of it.</returns>
    /// <exception cref="TransportException">TRAN-007 the system has no pseudo-terminal left or the link cannot be made.</exception>
    public static PtyMasterTransport Create(PtySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        PosixHandle master = LibC.OpenPseudoTerminal(TtyRequest.OpenPort);
        PosixHandle? slave = null;
        try
        {
            int unlocked = 0;
            int number = 0;
            if (master.IsInvalid
                || LibC.Control(master, TtyRequest.PtyUnlock, ref unlocked) != 0
                || LibC.Control(master, TtyRequest.PtyNumber, ref number) != 0)
            {
                throw NotMade(settings.Name, "no pseudo-terminal");
            }

            slave = new PosixHandle(LibC.Control(master, TtyRequest.PtyOpenPeer, TtyRequest.OpenPort));
            if (slave.IsInvalid)
            {
                throw NotMade(settings.Name, "the client's end cannot be opened");
            }

            // A new pty echoes and edits lines: until somebody sets it raw, the device hears its own answers.
            Termios2 line = default;
            _ = LibC.Control(slave, Termios2.GetRequest, ref line);
            line.SetRaw(SpeedAtCreation, isSevenEven: false, hasFlowControl: false);
            if (LibC.Control(slave, Termios2.SetRequest, ref line) != 0)
            {
                throw NotMade(settings.Name, "it cannot be set raw");
            }

            string slavePath = string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{number}");
            if (settings.LinkPath is not null)
            {
                PublishedLink.Publish(settings.LinkPath, slavePath, settings.Name);
            }

            return new PtyMasterTransport(settings, master, slave, slavePath);
        }
        catch (TransportException)
        {
            slave?.Dispose();
            master.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken) =>
        _channel.ReadAsync(target, timeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        new(_channel.Write(octets.Span, cancellationToken));

    /// <inheritdoc/>
    public void DiscardInput() => _channel.DiscardInput();

    /// <summary>Removes the link, waits until the client has read what was written (closing throws the rest away), then hangs up.</summary>
    public ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return ValueTask.CompletedTask;
        }

        _isDisposed = true;
        if (_linkPath is not null)
        {
            PublishedLink.Remove(_linkPath, SlavePath);
        }

        Drain();
        _channel.Dispose();
        _slave.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until the client has read everything. A poll of the client's end first lets the kernel's worker deliver what still
    /// travels; a count of the unread octets does not, and says 0 too early when the machine is busy. One look is not enough even so: a
    /// client in the middle of a read has emptied the buffer and not yet asked the worker for the rest.</summary>
    private void Drain()
    {
        long deadline = MonotonicClock.DeadlineAfter(_drainLimit);
        for (int empty = 0; empty < EmptyLooks && MonotonicClock.Now < deadline; empty = HasUnread() ? 0 : empty + 1)
        {
            MonotonicClock.SleepUntil(MonotonicClock.DeadlineAfter(DrainStep));
        }
    }

    /// <summary>Whether the client has octets that it has not read; what still travels through the kernel is not seen.</summary>
    internal unsafe bool HasUnread()
    {
        PollDescriptor entry = new() { Descriptor = (int)_slave.DangerousGetHandle(), Events = PollDescriptor.In };
        TimeSpec noWait = default;
        return LibC.Poll(&entry, 1, &noWait, null) > 0 && (entry.Returned & PollDescriptor.In) != 0;
    }

    private static TransportException NotMade(string name, string what) =>
        new("TRAN-007", $"{name}: {what}", name, new Win32Exception(Marshal.GetLastPInvokeError()));
}
