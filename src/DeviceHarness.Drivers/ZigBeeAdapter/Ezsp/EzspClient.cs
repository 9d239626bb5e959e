using System.Buffers;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Commands to an adapter and their answers, one at a time, and what it says unasked.</summary>
/// <remarks>
/// Spec: EZSP reference, as this harness's ZigBee guide 4.1 to 4.3 sums it up. A callback carries the sequence number of the last command:
/// so its callback bits are looked at first. What answers nothing is kept and passed over. Safe for any number of callers.
/// </remarks>
public sealed class EzspClient : IAsyncDisposable
{
    /// <summary>The oldest version of the serial protocol that is spoken.</summary>
    public const byte OldestVersion = 4;

    /// <summary>The newest version of the serial protocol that is spoken.</summary>
    public const byte NewestVersion = 19;

    /// <summary>From this version on frames may be longer than the reference allows.</summary>
    private const byte FirstExtendedVersion = 8;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly AshLinkPump _pump;
    private readonly IEzspListener _listener;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private Waiting? _waiting;
    private HarnessException? _lost;
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private byte _sequence;
    private EzspHeaderForm _form;

    /// <summary>Creates a client; nothing is sent yet.</summary>
    /// <param name="pump">The serial link; the client alone uses it from now on, and disposes of it.</param>
    /// <param name="listener">Who hears what comes unasked.</param>
    /// <param name="timeProvider">The clock.</param>
    public EzspClient(AshLinkPump pump, IEzspListener listener, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(pump);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _pump = pump;
        _listener = listener;
        _timeProvider = timeProvider;
    }

    /// <summary>The version that both speak; the oldest before <see cref="StartAsync"/>.</summary>
    public EzspVersion Version { get; private set; } = EzspVersion.Oldest;

    /// <summary>The port, as the rig file names it.</summary>
    public string Port => _pump.Port;

    /// <summary>The serial link, for its counters.</summary>
    public AshHostLink Link => _pump.Link;

    /// <summary>Why the adapter is lost; null while it is not.</summary>
    public HarnessException? LostReason
    {
        get
        {
            lock (_gate)
            {
                return _lost;
            }
        }
    }

    /// <summary>Frames that answered nothing and were no callbacks.</summary>
    public long UnknownCount { get; private set; }

    /// <summary>Resets the adapter and agrees on a version.</summary>
    /// <param name="desired">The version that is asked for first; the adapter's own is taken in the end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It is silent, in its bootloader, or speaks a version that is not known.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async Task<EzspIdentity> StartAsync(EzspVersion desired, CancellationToken cancellationToken)
    {
        await StopAsync().ConfigureAwait(false);
        await _pump.ConnectAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _lost = null;
        }

        _sequence = 0;
        (Version, _form) = (EzspVersion.Oldest, EzspHeaderForm.Short);
        _stop = new CancellationTokenSource();
        _loop = RunAsync(_stop.Token);

        VersionResponse answer = await AskVersionAsync(desired.Number, cancellationToken).ConfigureAwait(false);
        byte number = answer.ProtocolVersion;
        if (number is < OldestVersion or > NewestVersion)
        {
            throw EzspFaults.WrongVersion(Port, number);
        }

        EzspVersion spoken = new(number);
        bool isOtherForm = spoken.HeaderForm != EzspHeaderForm.Short;
        (Version, _form) = (spoken, spoken.HeaderForm);
        _pump.Link.MaximumSentOctets = number >= FirstExtendedVersion ? AshFrame.ExtendedDataOctets : AshFrame.ReferenceDataOctets;
        if (number != desired.Number || isOtherForm)
        {
            answer = await AskVersionAsync(number, cancellationToken).ConfigureAwait(false);
            if (answer.ProtocolVersion != number)
            {
                throw EzspFaults.WrongVersion(Port, answer.ProtocolVersion);
            }
        }

        return new EzspIdentity(spoken, answer.StackType, answer.StackVersion);
    }

    /// <summary>Sends a command and waits for its answer, whose status tells whether the adapter did it.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="parameters">With what.</param>
    /// <param name="cancellationToken">Ends the wait; an answer that comes later is passed over.</param>
    /// <typeparam name="TCommand">What the command carries.</typeparam>
    /// <typeparam name="TResponse">What the answer carries.</typeparam>
    /// <exception cref="AdapterException">The adapter is lost, does not answer, refuses, or its answer does not fit.</exception>
    /// <exception cref="LocalProtocolException">ASH-001: the client was not started, or ASH-003: the command is too long.</exception>
    /// <exception cref="TransportException">The port is gone.</exception>
    public async ValueTask<TResponse> SendAsync<TCommand, TResponse>(
        EzspCommand<TCommand, TResponse> command, TCommand parameters, CancellationToken cancellationToken)
        where TCommand : struct, IEzspMessage<TCommand>
        where TResponse : struct, IEzspMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(command);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            EzspHeader header = new() { Sequence = _sequence++, FrameId = command.Id };
            byte[] frame = Encode(header, parameters);
            Waiting waiting = new(header.Sequence, command.Id);
            Await(waiting);
            await _pump.SendAsync(frame, cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = await AnswerAsync(waiting, cancellationToken).ConfigureAwait(false);
            return EzspFrame.ReadParameters(answer, Version, out TResponse response, out _) == OperationStatus.Done
                ? response
                : throw EzspFaults.Misfit(Port, command.Id, Version);
        }
        finally
        {
            Await(null);
            _turn.Release();
        }
    }

    /// <summary>Stops; the adapter is left as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _pump.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async ValueTask<VersionResponse> AskVersionAsync(byte number, CancellationToken cancellationToken) =>
        await SendAsync(EzspCommands.Version, new VersionRequest(number), cancellationToken).ConfigureAwait(false);

    private byte[] Encode<TCommand>(in EzspHeader header, in TCommand parameters)
        where TCommand : struct, IEzspMessage<TCommand>
    {
        byte[] frame = new byte[_pump.Link.MaximumSentOctets];
        OperationStatus status = EzspFrame.Encode(header, _form, Version, parameters, frame, out int written);
        return status == OperationStatus.Done
            ? frame[..written]
            : throw new LocalProtocolException(
                "ASH-003",
                $"{Port}: {header.FrameId} cannot be sent in {Version}: {status}",
                Version.ToString(),
                header.FrameId.ToString());
    }

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        try
        {
            return await waiting.Answer.Task.WaitAsync(AnswerTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw EzspFaults.NoAnswer(Port, waiting.Id, AnswerTimeout);
        }
    }

    private void Await(Waiting? waiting)
    {
        lock (_gate)
        {
            _waiting = waiting;
            if (_lost is { } lost)
            {
                waiting?.Answer.TrySetException(lost);
            }
        }
    }

    private async Task StopAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
            stop.Dispose();
            _stop = null;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        HarnessException? lost = null;
        try
        {
            while (true)
            {
                Take(await _pump.ReceiveAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (HarnessException reason)
        {
            lost = reason;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Lose(new LocalProtocolException("ASH-002", $"{Port}: the link was closed", "Down", "Receive"));
        }

        if (lost is not null)
        {
            Lose(lost);
            _listener.Lost(lost);
        }
    }

    private void Lose(HarnessException reason)
    {
        lock (_gate)
        {
            _lost = reason;
            _waiting?.Answer.TrySetException(reason);
        }
    }

    private void Take(ReadOnlyMemory<byte> frame)
    {
        if (EzspHeader.Decode(frame.Span, _form, out EzspHeader header, out int octets, out _) != OperationStatus.Done
            || !header.IsResponse)
        {
            PassOver(frame);
            return;
        }

        if (header.HasOverflow)
        {
            _listener.Overflowed();
        }

        ReadOnlyMemory<byte> parameters = frame[octets..];
        if (header.Callback != EzspCallbackKind.None)
        {
            _listener.Heard(header, parameters);
        }
        else if (!TryAnswer(header, parameters))
        {
            PassOver(frame);
        }
    }

    private void PassOver(ReadOnlyMemory<byte> frame)
    {
        UnknownCount++;
        _listener.HeardUnknown(frame);
    }

    private bool TryAnswer(in EzspHeader header, ReadOnlyMemory<byte> parameters)
    {
        lock (_gate)
        {
            if (_waiting is not { } waiting || waiting.Sequence != header.Sequence)
            {
                return false;
            }

            if (header.FrameId == EzspFrameId.InvalidCommand
                && EzspFrame.ReadParameters(parameters, Version, out InvalidCommandReason refusal, out _) == OperationStatus.Done)
            {
                return waiting.Answer.TrySetException(EzspFaults.InvalidCommand(Port, waiting.Id, refusal.Reason));
            }

            if (header.FrameId != waiting.Id)
            {
                return false;
            }

            return header.IsTruncated || header.IsSecured
                ? waiting.Answer.TrySetException(EzspFaults.CutShort(Port, waiting.Id))
                : waiting.Answer.TrySetResult(parameters);
        }
    }

    /// <summary>A command whose answer is awaited.</summary>
    private sealed record Waiting(byte Sequence, EzspFrameId Id)
    {
        internal TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
