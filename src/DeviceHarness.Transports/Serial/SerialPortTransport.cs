using System.Globalization;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Serial;

/// <summary>A serial port, USB adapter or pseudo-terminal, opened raw at any baud rate.</summary>
/// <remarks>One thread per port waits for octets and stamps them as they arrive; a write runs on the caller's thread and blocks it while
/// the kernel's buffer is full. One reader and one writer at a time; disposing may come from any thread.</remarks>
public sealed class SerialPortTransport : IByteTransport
{
    private readonly TtyChannel _channel;
    private readonly bool _hasLineTime;
    private readonly bool _hasFlowControl;

    private SerialPortTransport(SerialPortSettings settings, string name, string target, TtyChannel channel)
    {
        _channel = channel;
        _hasLineTime = settings.HasLineTime;
        _hasFlowControl = settings.HasHardwareFlowControl;
        Name = name;
        DevicePath = target;
        Baud = settings.Baud;
        Format = settings.Format;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The device node that the path led to when the port was opened.</summary>
    public string DevicePath { get; }

    /// <summary>The rate in bits per second.</summary>
    public int Baud { get; private set; }

    /// <summary>The form of an octet on the line.</summary>
    public SerialFormat Format { get; private set; }

    /// <inheritdoc/>
    public LineRate Rate => _hasLineTime ? new LineRate(Baud, LineFormat.BitsPerOctet) : LineRate.None;

    /// <summary>Ends when the port is gone by itself, within a moment of it: an adapter that was pulled out, a far end that hung up. Never
    /// when it is closed from here.</summary>
    public Task Lost => _channel.Lost;

    /// <summary>Whether RTS and CTS hold the senders back, as the port's driver tells it.</summary>
    /// <exception cref="TransportException">TRAN-004 gone, TRAN-005 closed.</exception>
    public bool HasHardwareFlowControl => _channel.WithDescriptor(LineFormat.HasFlowControl);

    /// <summary>What the adapter's latency timer may add to each answer; null when the adapter has none that the system tells.</summary>
    public TimeSpan? AdapterLatency
    {
        get
        {
            string file = $"/sys/class/tty/{Path.GetFileName(DevicePath)}/device/latency_timer";
            return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out int milliseconds)
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null;
        }
    }

    /// <summary>Opens a port, takes it for this process alone, makes it raw and throws away octets from before.</summary>
    /// <param name="settings">Path, rate and form.</param>
    /// <returns>The open port; the caller disposes of it.</returns>
    /// <exception cref="TransportException">TRAN-001 missing, TRAN-002 in use, TRAN-003 the line cannot be set so, TRAN-008 the name is
    /// that of two adapters.</exception>
    public static SerialPortTransport Open(SerialPortSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        LineFormat.CheckBaud(settings.Baud);
        string name = settings.Name.Length == 0 ? settings.Path : settings.Name;
        string target = Resolve(settings.Path, name);
        UsbSerialAdapters.RequireOne(settings.Path, target, name);
        PosixHandle handle = LibC.Open(target, TtyRequest.OpenPort);
        try
        {
            if (handle.IsInvalid)
            {
                int error = Marshal.GetLastPInvokeError();
                throw error == Errno.Busy ? TtyFaults.Busy(name, target, error) : TtyFaults.Missing(name, target, error);
            }

            if (settings.ExclusiveUse)
            {
                TakeAlone(handle, name, target);
            }

            LineFormat.Apply(
                handle, name, settings.Baud, settings.Format, settings.HasHardwareFlowControl, Termios2.SetRequest);
            _ = LibC.Control(handle, TtyRequest.Flush, TtyRequest.FlushBoth);
            _ = SetModemLine(handle, TtyRequest.ModemDtr, settings.Dtr) & SetModemLine(handle, TtyRequest.ModemRts, settings.Rts);
            return new SerialPortTransport(
                settings, name, target, new TtyChannel(name, handle, settings.CompletesReadsInline, settings.WriteStallLimit));
        }
        catch (TransportException)
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken) =>
        _channel.ReadAsync(target, timeout, cancellationToken);

    /// <summary>Waits until octets are there that no read has taken; beside a read, and without taking any.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends at once when octets are there, or when the port is gone or closed: the next read tells which.</returns>
    public Task WaitForInputAsync(CancellationToken cancellationToken) => _channel.WaitForInputAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        new(_channel.Write(octets.Span, cancellationToken));

    /// <inheritdoc/>
    public void DiscardInput() => _channel.DiscardInput();

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting)
    {
        ChangeLine(setting.Baud, setting.Format);
        return true;
    }

    /// <summary>Changes rate and form in mid-dialogue, after everything written has left the kernel.</summary>
    /// <remarks>A USB adapter may still hold the last octets: wait one <see cref="AdapterLatency"/> more before the far end may
    /// speak.</remarks>
    /// <param name="baud">Bits per second.</param>
    /// <param name="format">The form of an octet.</param>
    /// <exception cref="TransportException">TRAN-003 the line cannot be set so, TRAN-004 gone, TRAN-005 closed.</exception>
    public void ChangeLine(int baud, SerialFormat format)
    {
        LineFormat.CheckBaud(baud);
        _ = _channel.WithDescriptor(handle =>
        {
            LineFormat.Apply(handle, Name, baud, format, _hasFlowControl, Termios2.SetDrainedRequest);
            return true;
        });
        Baud = baud;
        Format = format;
    }

    /// <summary>Raises or lowers DTR and RTS.</summary>
    /// <param name="dtr">True raises, false lowers, null leaves DTR.</param>
    /// <param name="rts">True raises, false lowers, null leaves RTS.</param>
    /// <returns>False when this port has no modem lines (a pseudo-terminal).</returns>
    /// <exception cref="TransportException">TRAN-004 gone, TRAN-005 closed.</exception>
    public bool TrySetModemLines(bool? dtr, bool? rts) => _channel.WithDescriptor(handle =>
        SetModemLine(handle, TtyRequest.ModemDtr, dtr) & SetModemLine(handle, TtyRequest.ModemRts, rts));

    /// <summary>Asks the adapter to hand octets on at once (ASYNC_LOW_LATENCY): an FTDI chip otherwise keeps short answers for up to
    /// 16 ms.</summary>
    /// <returns>False when this port has no such setting (a pseudo-terminal, most other adapters) or the process may not change it:
    /// <see cref="AdapterLatency"/> tells what holds then.</returns>
    /// <exception cref="TransportException">TRAN-004 gone, TRAN-005 closed.</exception>
    public bool TrySetLowLatency() => _channel.WithDescriptor(handle =>
    {
        SerialStruct serial = default;
        if (LibC.Control(handle, TtyRequest.GetSerial, ref serial) != 0)
        {
            return false;
        }

        serial.Flags |= SerialStruct.LowLatency;
        return LibC.Control(handle, TtyRequest.SetSerial, ref serial) == 0;
    });

    /// <summary>Reads the driver's counters of bad octets.</summary>
    /// <param name="counters">The counters since the port appeared.</param>
    /// <returns>False when this port counts none (a pseudo-terminal, some adapters).</returns>
    /// <exception cref="TransportException">TRAN-004 gone, TRAN-005 closed.</exception>
    public bool TryReadCounters(out LineStatusCounters counters)
    {
        LineStatusCounters? found = _channel.WithDescriptor(LineFormat.ReadCounters);
        counters = found.GetValueOrDefault();
        return found is not null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Resolve(string path, string name)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException exception)
        {
            throw new TransportException(
                "TRAN-001", $"{name}: {path} does not lead to a port; is the adapter plugged in?", name, exception);
        }
    }

    private static void TakeAlone(PosixHandle handle, string name, string path)
    {
        if (LibC.Lock(handle, TtyRequest.LockExclusiveNonBlocking) != 0)
        {
            throw TtyFaults.Busy(name, path, Marshal.GetLastPInvokeError());
        }

        if (LibC.Control(handle, TtyRequest.Exclusive, 0) != 0)
        {
            throw TtyFaults.NotSet(name, "exclusive use", Marshal.GetLastPInvokeError());
        }
    }

    private static bool SetModemLine(PosixHandle handle, int line, bool? isRaised)
    {
        if (isRaised is null)
        {
            return true;
        }

        int bits = line;
        return LibC.Control(handle, isRaised.Value ? TtyRequest.ModemSetBits : TtyRequest.ModemClearBits, ref bits) == 0;
    }
}
