using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>Has a device read out its data by IEC 62056-21, mode C: over a serial line, or through a serial server at one fixed
/// rate.</summary>
/// <remarks>Nothing of it needs a password, and nothing is changed. The one who handed in the transport disposes of it.</remarks>
/// <param name="transport">The open line.</param>
/// <param name="settings">How to sign on.</param>
/// <param name="time">The clock of all waiting.</param>
public sealed class ReadOutClient(IByteTransport transport, SignOnSettings settings, TimeProvider time)
{
    /// <summary>Reads out.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LinkTimeoutException">SIGN-010: nothing identified itself; SIGN-016: no read-out came, or not to its
    /// end.</exception>
    /// <exception cref="RemoteProtocolException">SIGN-013: the device breaks the protocol; SIGN-014: it will not speak at the rate that the
    /// line is fixed to; SIGN-017: the read-out came with damage each time.</exception>
    /// <exception cref="LocalProtocolException">SIGN-001: the line cannot change its rate.</exception>
    /// <exception cref="TransportException">The port is gone, or cannot be set so.</exception>
    public async Task<ReadOut> ReadAsync(CancellationToken cancellationToken)
    {
        SignOnMachine machine = new(settings with { IsReadOut = true });
        long origin = time.GetTimestamp();
        SignOnPump pump = new(transport, machine, () => time.GetElapsedTime(origin), SetLine);
        await pump.RunAsync(cancellationToken).ConfigureAwait(false);
        return new ReadOut(machine.Identification, machine.AgreedBaud, Values(machine));
    }

    private List<ReadOutValue> Values(SignOnMachine machine)
    {
        List<ReadOutValue> values = [];
        DataSetReader reader = new(machine.ReadOut.Span);
        while (reader.TryRead(out DataSet set))
        {
            values.Add(new ReadOutValue(
                Encoding.ASCII.GetString(set.Address), Encoding.ASCII.GetString(set.Value), Encoding.ASCII.GetString(set.Unit)));
        }

        return reader.Fault.Kind == Codecs.CodecFaultKind.None
            ? values
            : throw new RemoteProtocolException(
                "SIGN-013", $"{transport.Name}: {machine.Identification} sent a read-out that is no list of data sets: {reader.Fault}",
                machine.ReadOut);
    }

    private void SetLine(LineSetting line)
    {
        if (!settings.IsRateFixed && !transport.TryChangeLine(line))
        {
            throw new LocalProtocolException(
                "SIGN-001", $"{transport.Name}: the line cannot change to {line}; say that its rate is fixed, and to which", "open",
                "read-out");
        }
    }
}
