using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>Carries out what a sign-on wants on a line.</summary>
/// <param name="transport">The open line.</param>
/// <param name="machine">The sign-on.</param>
/// <param name="now">The present instant.</param>
/// <param name="setLine">Changes the line, or leaves it where it is fixed.</param>
internal sealed class SignOnPump(IByteTransport transport, SignOnMachine machine, Func<TimeSpan> now, Action<LineSetting> setLine)
{
    private const int ReadOctets = 256;

    private readonly byte[] _buffer = new byte[ReadOctets];

    /// <summary>Signs on, or has data read out.</summary>
    /// <exception cref="HarnessException">It failed, as <see cref="SignOnLink.ConnectAsync"/> and <see cref="ReadOutClient.ReadAsync"/>
    /// list it.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan begun = now();
        transport.DiscardInput();
        SignOnStep step = machine.Start(begun);
        while (true)
        {
            if (step.Line is { } line)
            {
                setLine(line);
                if (machine.State != SignOnState.AwaitingReadOut)
                {
                    // What a device sends in mode C may be there before the line is said to have changed.
                    transport.DiscardInput();
                }
            }

            if (!step.Transmit.IsEmpty)
            {
                _ = await transport.WriteAsync(step.Transmit, cancellationToken).ConfigureAwait(false);
            }

            switch (step.Event)
            {
                case SignOnEvent.SignedOn:
                    return;
                case SignOnEvent.Failed:
                    throw Failure(now() - begun);
                default:
                    step = await WaitAsync(step, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async ValueTask<SignOnStep> WaitAsync(SignOnStep step, CancellationToken cancellationToken)
    {
        TimeSpan wait = step.NextTick is TimeSpan next ? next - now() : throw new UnreachableException();
        bool isLate = wait <= TimeSpan.Zero;

        // What came while this process was held up is on time: it is looked at once before time passes.
        TransportRead read = await transport.ReadAsync(_buffer, isLate ? TimeSpan.Zero : wait, cancellationToken).ConfigureAwait(false);
        SignOnStep came = read.TimedOut ? default : machine.Receive(_buffer.AsSpan(0, read.Count), now());
        bool isNothing = came.Line is null && came.Transmit.IsEmpty && came.Event == SignOnEvent.None;
        return read.TimedOut || (isLate && isNothing) ? machine.Tick(now()) : came;
    }

    private HarnessException Failure(TimeSpan waited)
    {
        string text = $"{transport.Name}: {machine.FailureText}";
        return machine.Failure switch
        {
            SignOnFailure.Silence or SignOnFailure.NoIdentification =>
                new LinkTimeoutException("SIGN-010", text, "identification message", waited, machine.Attempt),
            SignOnFailure.NoConfirmation =>
                new LinkTimeoutException("SIGN-011", text, "confirmation of mode E", waited, machine.Attempt),
            SignOnFailure.ReadOut => new RemoteProtocolException("SIGN-012", text, machine.OffendingOctets),
            SignOnFailure.Violation => new RemoteProtocolException("SIGN-013", text, machine.OffendingOctets),
            SignOnFailure.RateFixed => new RemoteProtocolException("SIGN-014", text, machine.OffendingOctets),
            SignOnFailure.NoReadOut => new LinkTimeoutException("SIGN-016", text, "data read-out", waited, machine.Attempt),
            SignOnFailure.DamagedReadOut => new RemoteProtocolException("SIGN-017", text, machine.OffendingOctets),
            _ => throw new UnreachableException(),
        };
    }
}
