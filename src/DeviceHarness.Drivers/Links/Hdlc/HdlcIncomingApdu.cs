using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>An APDU that comes in segments; the first one carries the LLC header.</summary>
internal sealed class HdlcIncomingApdu
{
    private readonly ArrayBufferWriter<byte> _octets = new();
    private bool _hasHeader;

    /// <summary>What has come so far, without LLC header.</summary>
    internal ReadOnlyMemory<byte> Octets => _octets.WrittenMemory;

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        _octets.ResetWrittenCount();
        _hasHeader = false;
    }

    /// <summary>Takes the next segment; returns what is wrong with it, or null.</summary>
    internal string? Append(ReadOnlySpan<byte> information)
    {
        if (!_hasHeader)
        {
            OperationStatus status = LlcHeader.Decode(information, out LlcHeader header, out int headerOctets, out CodecFault fault);
            if (status != OperationStatus.Done || !header.IsResponse)
            {
                return $"an answer without its LLC header: {fault}";
            }

            information = information[headerOctets..];
            _hasHeader = true;
        }

        if (_octets.WrittenCount + information.Length > HdlcClientLink.MaximumApduOctets)
        {
            return $"an answer of more than {HdlcClientLink.MaximumApduOctets} octets";
        }

        _octets.Write(information);
        return null;
    }
}
