using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Posix;

/// <summary>Reads and writes one terminal descriptor: a thread waits for octets, the caller's thread writes.</summary>
/// <remarks>The thread stamps octets as they arrive and completes one reusable read. Every time-out is a timed poll of that thread. It
/// owns the descriptor and closes it when it ends: after a hang-up at once, so that the kernel can give the number back, otherwise on
/// <see cref="Dispose"/>.</remarks>
internal sealed unsafe class TtyChannel : IValueTaskSource<TransportRead>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _port;
    private readonly PosixHandle _tty;
    private readonly EventDescriptor _readerWake = new();
    private readonly EventDescriptor _writerWake = new();
    private readonly ReceiveBuffer _received = new();
    private readonly TimeSpan _stallLimit;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    private ManualResetValueTaskSourceCore<TransportRead> _source;
    private bool _isPending;
    private Memory<byte> _target;
    private long _deadline;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private TaskCompletionSource? _input;

    /// <summary>When the thread wakes at the latest. It is never put off by a new read, so that a stream of reads with the same time-out
    /// wakes the thread once per time-out and not once per read.</summary>
    private long _pollDeadline = long.MaxValue;
    private bool _isFullPaused;
    private volatile bool _isClosing;
    private volatile TransportException? _fault;

    /// <summary>Takes over an open, non-blocking terminal.</summary>
    /// <param name="port">The port's name, for errors.</param>
    /// <param name="tty">The descriptor; closed by the channel.</param>
    /// <param name="completesInline">True: what waits for a read goes on in the reading thread and must not block it.</param>
    /// <param name="stallLimit">How long a write waits for the line to take another octet.</param>
    internal TtyChannel(string port, PosixHandle tty, bool completesInline, TimeSpan stallLimit)
    {
        _port = port;
        _tty = tty;
        _stallLimit = stallLimit;
        _source.RunContinuationsAsynchronously = !completesInline;
        _thread = new Thread(Run) { IsBackground = true, Name = $"tty {port}" };
        _thread.Start();
    }

    /// <summary>Ends when the terminal is gone by itself; never when it is closed from here.</summary>
    internal Task Lost => _lost.Task;

    /// <inheritdoc cref="IByteTransport.ReadAsync"/>
    internal ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.Length, nameof(target));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_isPending)
            {
                throw new InvalidOperationException($"{_port}: a read is already waiting");
            }

            if (TryTake(target.Span, out TransportRead read))
            {
                return new ValueTask<TransportRead>(read);
            }

            if (_fault is not null)
            {
                throw _fault;
            }

            if (timeout == TimeSpan.Zero)
            {
                return new ValueTask<TransportRead>(new TransportRead(0, MonotonicClock.Now));
            }

            _source.Reset();
            _target = target;
            _token = cancellationToken;
            _deadline = MonotonicClock.DeadlineAfter(timeout);
            _isPending = true;
            if (_deadline < _pollDeadline)
            {
                _pollDeadline = _deadline;
                _readerWake.Signal();
            }
        }

        if (cancellationToken.CanBeCanceled)
        {
            // Outside the gate: a token that is already cancelled calls back at once.
            _registration = cancellationToken.UnsafeRegister(static (state, token) => ((TtyChannel)state!).Cancel(token), this);
        }

        return new ValueTask<TransportRead>(this, _source.Version);
    }

    /// <inheritdoc cref="Serial.SerialPortTransport.WaitForInputAsync"/>
    internal Task WaitForInputAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_received.Count > 0 || _fault is not null)
            {
                return Task.CompletedTask;
            }

            _input ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _input.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="IByteTransport.WriteAsync"/>
    internal TransportWrite Write(ReadOnlySpan<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFaulted();
        long started = MonotonicClock.Now;
        try
        {
            while (!octets.IsEmpty)
            {
                int written = WriteSome(octets);
                octets = octets[written..];
                if (written == 0)
                {
                    WaitForRoom(cancellationToken);
                }
            }
        }
        catch (ObjectDisposedException)
        {
            throw _fault ?? TtyFaults.Closed(_port);
        }

        return new TransportWrite(started, MonotonicClock.Now);
    }

    /// <inheritdoc cref="IByteTransport.DiscardInput"/>
    internal void DiscardInput()
    {
        lock (_gate)
        {
            ThrowIfFaulted();
            _ = LibC.Control(_tty, TtyRequest.Flush, TtyRequest.FlushInput);
            _received.Clear();
            ResumeAfterFull();
        }
    }

    /// <summary>Runs a control call on the descriptor while it is open.</summary>
    internal TResult WithDescriptor<TResult>(Func<PosixHandle, TResult> use)
    {
        ThrowIfFaulted();
        try
        {
            return use(_tty);
        }
        catch (ObjectDisposedException)
        {
            throw _fault ?? TtyFaults.Closed(_port);
        }
    }

    /// <summary>Ends the thread, which closes the descriptor, and waits for it. May be called twice and from a completed read.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosing = true;
            _readerWake.Signal();
            _writerWake.Signal();
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _writerWake.Dispose();
    }

    TransportRead IValueTaskSource<TransportRead>.GetResult(short token)
    {
        _registration.Unregister();
        _registration = default;
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<TransportRead>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TransportRead>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Run()
    {
        MonotonicClock.TightenTimers();
        TransportException end = TtyFaults.Closed(_port);
        PollDescriptor* entries = stackalloc PollDescriptor[2];
        while (Prepare(entries, out TimeSpec timeout, out bool isTimed))
        {
            int ready = LibC.Poll(entries, 2, isTimed ? &timeout : null, null);
            if (ready > 0 && entries[1].Returned != 0)
            {
                _readerWake.Clear();
            }

            if (ready > 0 && entries[0].Returned != 0 && !Receive(entries[0].Returned, out end))
            {
                _lost.TrySetResult();
                break;
            }

            ExpireIfDue();
        }

        Finish(end);
    }

    /// <summary>Sets up the next poll; false when the channel is closing.</summary>
    private bool Prepare(PollDescriptor* entries, out TimeSpec timeout, out bool isTimed)
    {
        lock (_gate)
        {
            // While the buffer is full the terminal is left out altogether: a hang-up cannot be masked and would spin.
            _isFullPaused = _received.IsFull;
            entries[0] = new PollDescriptor
            {
                Descriptor = _isFullPaused ? -1 : (int)_tty.DangerousGetHandle(),
                Events = PollDescriptor.In,
            };
            entries[1] = new PollDescriptor { Descriptor = (int)_readerWake.Handle.DangerousGetHandle(), Events = PollDescriptor.In };
            isTimed = _pollDeadline != long.MaxValue;
            timeout = isTimed ? TimeSpec.FromStopwatchTicks(_pollDeadline - MonotonicClock.Now) : default;
            return !_isClosing;
        }
    }

    /// <summary>Reads what is there and completes a waiting read; false when the port is gone.</summary>
    private bool Receive(short returned, out TransportException end)
    {
        bool isAlive;
        bool isDone = false;
        TransportRead read = default;
        lock (_gate)
        {
            isAlive = ReadUntilEmpty(returned, out end);
            if (_isPending && TryTake(_target.Span, out read))
            {
                isDone = true;
                _isPending = false;
            }

            if (_received.Count > 0)
            {
                SignalInput();
            }
        }

        if (isDone)
        {
            _source.SetResult(read);
        }

        return isAlive;
    }

    private bool ReadUntilEmpty(short returned, out TransportException end)
    {
        end = TtyFaults.Closed(_port);
        while (!_received.IsFull)
        {
            Span<byte> stretch = _received.FreeStretch();
            nint count;
            fixed (byte* pointer = stretch)
            {
                count = LibC.Read(_tty, pointer, (nuint)stretch.Length);
            }

            if (count > 0)
            {
                _received.Added((int)count, MonotonicClock.Now);
                if (count < stretch.Length)
                {
                    // A terminal hands over what it has: a short read means that it is empty for now. Level-triggered polling tells the
                    // rest.
                    return true;
                }

                continue;
            }

            int error = count == 0 ? 0 : Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Errno.Interrupted:
                    continue;
                case Errno.TryAgain when (returned & (PollDescriptor.HangUp | PollDescriptor.Error)) == 0:
                    return true;
                default:
                    end = TtyFaults.Gone(_port, count == 0 ? "end of file" : "read error", error == Errno.TryAgain ? 0 : error);
                    return false;
            }
        }

        return true;
    }

    private void ExpireIfDue()
    {
        bool isExpired = false;
        long now = MonotonicClock.Now;
        lock (_gate)
        {
            if (_isPending && now >= _deadline)
            {
                isExpired = true;
                _isPending = false;
            }

            if (now >= _pollDeadline)
            {
                _pollDeadline = _isPending ? _deadline : long.MaxValue;
            }
        }

        if (isExpired)
        {
            _source.SetResult(new TransportRead(0, now));
        }
    }

    private void Finish(TransportException end)
    {
        bool isWaiting;
        lock (_gate)
        {
            _fault = end;
            SignalInput();
            isWaiting = _isPending;
            _isPending = false;
            _tty.Dispose();
            _readerWake.Dispose();
        }

        _writerWake.Signal();
        if (isWaiting)
        {
            _source.SetException(end);
        }
    }

    /// <summary>Wakes who waits for octets to be there; his continuation runs elsewhere.</summary>
    private void SignalInput()
    {
        _input?.TrySetResult();
        _input = null;
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            // A late callback of an earlier read finds another token here; with the same token it is right for this read too.
            if (!_isPending || _token != token)
            {
                return;
            }

            _isPending = false;
        }

        _source.SetException(new OperationCanceledException(token));
    }

    private bool TryTake(Span<byte> target, out TransportRead read)
    {
        int count = _received.Take(target, out long stamp);
        read = new TransportRead(count, stamp);
        if (count == 0)
        {
            return false;
        }

        ResumeAfterFull();
        return true;
    }

    private void ResumeAfterFull()
    {
        if (_isFullPaused)
        {
            _isFullPaused = false;
            _readerWake.Signal();
        }
    }

    private int WriteSome(ReadOnlySpan<byte> octets)
    {
        while (true)
        {
            nint count;
            fixed (byte* pointer = octets)
            {
                count = LibC.Write(_tty, pointer, (nuint)octets.Length);
            }

            if (count >= 0)
            {
                return (int)count;
            }

            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Errno.Interrupted:
                    break;
                case Errno.TryAgain:
                    return 0;
                default:
                    throw TtyFaults.Gone(_port, "write error", error);
            }
        }
    }

    private void WaitForRoom(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static state => ((EventDescriptor)state!).Signal(), _writerWake);
        bool isTtyHeld = false;
        bool isWakeHeld = false;
        try
        {
            _tty.DangerousAddRef(ref isTtyHeld);
            _writerWake.Handle.DangerousAddRef(ref isWakeHeld);
            TimeSpec timeout = TimeSpec.FromStopwatchTicks(MonotonicClock.Ticks(_stallLimit));
            PollDescriptor* entries = stackalloc PollDescriptor[2];
            entries[0] = new PollDescriptor { Descriptor = (int)_tty.DangerousGetHandle(), Events = PollDescriptor.Out };
            entries[1] = new PollDescriptor { Descriptor = (int)_writerWake.Handle.DangerousGetHandle(), Events = PollDescriptor.In };
            int ready = LibC.Poll(entries, 2, &timeout, null);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfFaulted();
            if (ready == 0)
            {
                throw TtyFaults.DoesNotDrain(_port, _stallLimit);
            }

            if (ready > 0 && entries[1].Returned != 0)
            {
                _writerWake.Clear();
            }
        }
        finally
        {
            if (isTtyHeld)
            {
                _tty.DangerousRelease();
            }

            if (isWakeHeld)
            {
                _writerWake.Handle.DangerousRelease();
            }
        }
    }

    private void ThrowIfFaulted()
    {
        if (_isClosing)
        {
            throw TtyFaults.Closed(_port);
        }

        if (_fault is not null)
        {
            throw _fault;
        }
    }
}
