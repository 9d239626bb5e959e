using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Gpio;

/// <summary>A GPIO line that this process looks at, with each of its changes stamped by the kernel. Safe for use from any thread.</summary>
/// <remarks>One thread waits for changes and keeps the last <see cref="KeptEdges"/>.</remarks>
public sealed unsafe class GpioInput : IDisposable
{
    /// <summary>The changes that are kept, oldest first out.</summary>
    public const int KeptEdges = 256;

    private const int EventsOfRead = 16;

    // Kernels before 6.6 do not wake who waits for a line whose chip is pulled out: it is asked for now and then.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly GpioLineSettings _line;
    private readonly PosixHandle _handle;
    private readonly EventDescriptor _wake = new();
    private readonly Queue<GpioEdge> _edges = new();
    private readonly Thread _thread;
    private TaskCompletionSource _changed = NewSignal();
    private volatile bool _isClosing;
    private volatile TransportException? _fault;

    private GpioInput(GpioLineSettings line, PosixHandle handle)
    {
        _line = line;
        _handle = handle;
        _thread = new Thread(Run) { IsBackground = true, Name = $"gpio {GpioFaults.Name(line)}" };
        _thread.Start();
    }

    /// <summary>Takes a line as an input that tells both edges.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="TransportException">GPIO-001 there is no such line, GPIO-002 held by another, GPIO-003 not to be had
    /// so.</exception>
    public static GpioInput Open(GpioLineSettings line)
    {
        ArgumentNullException.ThrowIfNull(line);
        using GpioChip chip = GpioChip.Open(line);
        return new GpioInput(line, chip.Take(GpioLayouts.Input | GpioLayouts.EdgeRising | GpioLayouts.EdgeFalling, initial: null));
    }

    /// <summary>Reads the line now.</summary>
    /// <exception cref="TransportException">GPIO-004 gone, GPIO-005 closed.</exception>
    public bool Get()
    {
        ThrowIfOver();
        GpioLineValues values = new() { Mask = 1 };
        try
        {
            return LibC.Control(_handle, GpioLayouts.GetValues, ref values) == 0
                ? (values.Bits & 1) != 0
                : throw GpioFaults.Gone(_line, "its chip tells no value", Marshal.GetLastPInvokeError());
        }
        catch (ObjectDisposedException)
        {
            throw GpioFaults.Closed(_line);
        }
    }

    /// <summary>The changes that are still known, oldest first.</summary>
    public IReadOnlyList<GpioEdge> Edges()
    {
        lock (_gate)
        {
            return [.. _edges];
        }
    }

    /// <summary>Waits for a change.</summary>
    /// <param name="sequence">The number of the last change that is known; 0 when none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends at once when a later change is there already.</returns>
    /// <exception cref="TransportException">GPIO-004 gone, GPIO-005 closed.</exception>
    public Task WaitForEdgeAsync(long sequence, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfOver();
            return _edges.Count > 0 && _edges.Last().Sequence > sequence
                ? Task.CompletedTask
                : _changed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Gives the line back.</summary>
    public void Dispose()
    {
        _isClosing = true;
        _wake.Signal();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        try
        {
            while (!_isClosing && ReadEdges())
            {
            }
        }
        finally
        {
            _handle.Dispose();
            _wake.Dispose();
            Tell(fault: _fault ?? GpioFaults.Closed(_line));
        }
    }

    /// <summary>Waits for changes and takes them.</summary>
    /// <returns>False when the line is gone.</returns>
    private bool ReadEdges()
    {
        PollDescriptor* waits = stackalloc PollDescriptor[2];
        waits[0] = new PollDescriptor { Descriptor = (int)_handle.DangerousGetHandle(), Events = PollDescriptor.In };
        waits[1] = new PollDescriptor { Descriptor = (int)_wake.Handle.DangerousGetHandle(), Events = PollDescriptor.In };
        TimeSpec interval = TimeSpec.FromStopwatchTicks(MonotonicClock.Ticks(LookInterval));
        int ready = LibC.Poll(waits, 2, &interval, null);
        GpioLineValues values = new() { Mask = 1 };
        bool isFailed = ready < 0 || (ready == 0 && LibC.Control(_handle, GpioLayouts.GetValues, ref values) != 0);
        int error = isFailed ? Marshal.GetLastPInvokeError() : 0;
        if (error == Errno.Interrupted)
        {
            return true;
        }

        // A chip that is pulled out shows as an error beside or instead of the last changes.
        bool isGone = error != 0 || (waits[0].Returned & (PollDescriptor.Error | PollDescriptor.HangUp)) != 0;
        bool isRead = (waits[0].Returned & PollDescriptor.In) == 0 || TakeEvents();
        if (!isGone && isRead)
        {
            return true;
        }

        _fault = GpioFaults.Gone(_line, isGone ? "its chip went away" : "its changes cannot be read", error);
        return false;
    }

    private bool TakeEvents()
    {
        GpioLineEvent* events = stackalloc GpioLineEvent[EventsOfRead];
        nint octets = LibC.Read(_handle, (byte*)events, (nuint)(sizeof(GpioLineEvent) * EventsOfRead));
        if (octets < sizeof(GpioLineEvent))
        {
            return octets < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            for (int i = 0; i < (int)octets / sizeof(GpioLineEvent); i++)
            {
                _edges.Enqueue(new GpioEdge(
                    events[i].LineSequence, events[i].Id == GpioLayouts.RisingEdge,
                    MonotonicClock.FromNanoseconds(events[i].TimestampNanoseconds)));
                if (_edges.Count > KeptEdges)
                {
                    _edges.Dequeue();
                }
            }

            changed = _changed;
            _changed = NewSignal();
        }

        changed.TrySetResult();
        return true;
    }

    private void Tell(TransportException fault)
    {
        lock (_gate)
        {
            _fault ??= fault;
            _changed.TrySetException(fault);

            // Nobody has to be waiting.
            _ = _changed.Task.Exception;
        }
    }

    private void ThrowIfOver()
    {
        if (_fault is { } fault)
        {
            throw fault;
        }
    }
}
