using System.Buffers;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Application;

/// <summary>A request whose parameter comes in blocks: what came so far, up to a limit.</summary>
/// <typeparam name="TDescriptor">What the request is about: an attribute or a method.</typeparam>
internal sealed class LongRequest<TDescriptor>
    where TDescriptor : struct
{
    /// <summary>The longest parameter that the meter puts together, in octets.</summary>
    public const int MaximumOctets = 8 * 1024;

    private readonly ArrayBufferWriter<byte> _parameter = new();
    private uint _blocks;

    /// <summary>Whether blocks are being collected.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>What the request is about.</summary>
    public TDescriptor Descriptor { get; private set; }

    /// <summary>Everything that came.</summary>
    public ReadOnlySpan<byte> Parameter => _parameter.WrittenSpan;

    /// <summary>Begins with the first block's descriptor.</summary>
    public void Begin(TDescriptor descriptor)
    {
        _parameter.ResetWrittenCount();
        _blocks = 0;
        Descriptor = descriptor;
        IsRunning = true;
    }

    /// <summary>Takes a block.</summary>
    /// <returns>Success, or why the whole request is off: no request running, wrong number, too long.</returns>
    public DataAccessResult Append(uint number, ReadOnlySpan<byte> block)
    {
        if (!IsRunning)
        {
            return DataAccessResult.NoLongSetInProgress;
        }

        if (number != _blocks + 1)
        {
            IsRunning = false;
            return DataAccessResult.DataBlockNumberInvalid;
        }

        if (_parameter.WrittenCount + block.Length > MaximumOctets)
        {
            IsRunning = false;
            return DataAccessResult.LongSetAborted;
        }

        _parameter.Write(block);
        _blocks = number;
        return DataAccessResult.Success;
    }

    /// <summary>The last block came, or the request is off.</summary>
    public void End() => IsRunning = false;
}
