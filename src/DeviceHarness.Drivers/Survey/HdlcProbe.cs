using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Survey;

/// <summary>What came of one frame that was sent to see who is there.</summary>
/// <param name="Source">Who answered; null when nobody did.</param>
/// <param name="Kind">What he answered.</param>
/// <param name="IsEchoed">Whether our own frame came back.</param>
/// <param name="NoiseOctets">Octets that made no frame.</param>
internal sealed record HdlcProbeAnswer(HdlcAddress? Source, HdlcFrameKind Kind, bool IsEchoed, int NoiseOctets);

/// <summary>Sends one frame without information and takes what answers it, from whatever address: a link machine takes answers from the
/// address that it called only.</summary>
internal sealed class HdlcProbe(IByteTransport transport, TimeProvider time)
{
    private const int ReadOctets = 512;

    // A UA with all parameters, and the echo of our frame before it.
    private const int LongestAnswerOctets = 80;

    private static readonly HdlcAddress Client = HdlcAddress.Client(HdlcAddress.PublicClient);

    private readonly byte[] _buffer = new byte[ReadOctets];

    /// <summary>Asks.</summary>
    /// <param name="station">Whom.</param>
    /// <param name="control">SNRM or DISC.</param>
    /// <param name="timeout">How long the answer may take after the frame has left the line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The port is gone.</exception>
    internal async Task<HdlcProbeAnswer> AskAsync(
        HdlcAddress station, HdlcControl control, TimeSpan timeout, CancellationToken cancellationToken)
    {
        byte[] frame = new byte[LongestAnswerOctets];
        if (HdlcFrameCodec.Encode(new HdlcFrame(station, Client, control, []), frame, out int written) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        transport.DiscardInput();
        _ = await transport.WriteAsync(frame.AsMemory(0, written), cancellationToken).ConfigureAwait(false);
        long began = time.GetTimestamp();
        TimeSpan limit = timeout + transport.Rate.TimeOf(written + LongestAnswerOctets);
        HdlcFrameReader reader = new();
        bool isEchoed = false;
        int octets = 0;
        while (limit - time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            TransportRead read = await transport.ReadAsync(_buffer, left, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                break;
            }

            octets += read.Count;
            if (Take(reader, _buffer.AsSpan(0, read.Count), station, ref isEchoed) is { } answer)
            {
                return answer with { IsEchoed = isEchoed };
            }
        }

        int framed = isEchoed ? written : 0;
        return new HdlcProbeAnswer(null, default, isEchoed, Math.Max(0, octets - framed));
    }

    private static HdlcProbeAnswer? Take(HdlcFrameReader reader, ReadOnlySpan<byte> octets, HdlcAddress station, ref bool isEchoed)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[reader.Append(octets)..];
            while (reader.TryRead(out HdlcFrame frame, out CodecFault _))
            {
                if (frame.Destination == station && frame.Source == Client)
                {
                    isEchoed = true;
                }
                else if (frame.Destination == Client && frame.Control.Kind is HdlcFrameKind.Ua or HdlcFrameKind.Dm
                    or HdlcFrameKind.Frmr)
                {
                    return new HdlcProbeAnswer(frame.Source, frame.Control.Kind, isEchoed, 0);
                }
            }
        }

        return null;
    }
}
