using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>The frames of one call, one after the other in one piece of memory.</summary>
internal sealed class AshTransmission
{
    private const int MaximumControlOctets = 32;

    private readonly byte[] _octets =
        new byte[(AshControl.SequenceModulus * AshFrameWriter.MaximumFrameOctets) + MaximumControlOctets];

    private int _count;

    /// <summary>The octets of all frames added.</summary>
    internal ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _count);

    /// <summary>Starts with none.</summary>
    internal void Begin() => _count = 0;

    /// <summary>Adds the octet that voids what stands before it.</summary>
    internal void AddCancel() => _octets[_count++] = AshOctets.Cancel;

    /// <summary>Adds a frame.</summary>
    internal void Add(AshControl control, ReadOnlySpan<byte> data = default)
    {
        if (AshFrameWriter.Write(new AshFrame(control, data), _octets.AsSpan(_count), out int written) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        _count += written;
    }
}
