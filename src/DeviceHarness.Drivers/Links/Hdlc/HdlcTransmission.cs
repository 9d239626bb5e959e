using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>The frames of the client's turn, one after the other in one piece of memory, so that the line does not fall idle between
/// them.</summary>
internal sealed class HdlcTransmission(HdlcClientSettings settings, HdlcEchoFilter echo)
{
    private readonly byte[] _octets = new byte[HdlcParameters.MaximumWindowFrames * HdlcFrameCodec.MaximumFrameOctets];
    private int _count;

    /// <summary>The octets of all frames added.</summary>
    internal ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _count);

    /// <summary>Starts with none.</summary>
    internal void Begin()
    {
        _count = 0;
        echo.Begin();
    }

    /// <summary>Adds a frame.</summary>
    internal void Add(HdlcControl control, ReadOnlySpan<byte> information, bool isSegmented)
    {
        HdlcFrame frame = new(settings.Server, settings.Client, control, information, isSegmented);
        if (HdlcFrameCodec.Encode(frame, _octets.AsSpan(_count), out int writtenOctets) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        _count += writtenOctets;
        echo.Sent(control, information.Length);
    }
}
