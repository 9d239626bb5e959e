using System.Runtime.InteropServices;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Puts together what comes in the general blocks of a capture, in which both directions take turns.</summary>
/// <remarks>Spec: IEC 62056-5-3, general block transfer. A party numbers the blocks that only acknowledge too, so the first block with data
/// need not be block 1.</remarks>
internal sealed class GeneralBlockCollector
{
    private readonly List<byte> _octets = [];
    private int _expected;

    /// <summary>Adds a block with data.</summary>
    /// <param name="block">The block.</param>
    /// <param name="note">What is to be said of it.</param>
    /// <returns>The whole APDU when this was its last block; otherwise empty.</returns>
    public byte[] Add(in GeneralBlockTransfer block, out string note)
    {
        bool isAnotherFirst = block.BlockNumber == 1 && _expected > 1 && !BeginsWith(block.Data);
        if (_expected == 0 || isAnotherFirst)
        {
            _octets.Clear();
            _expected = block.BlockNumber;
        }

        if (block.BlockNumber != _expected)
        {
            note = block.BlockNumber < _expected ? "came before" : $"block {_expected} is missing";
            return [];
        }

        if (_octets.Count + block.Data.Length > CaptureMemory.MaximumAssembledOctets)
        {
            _expected = 0;
            note = "too long to be put together";
            return [];
        }

        _octets.AddRange(block.Data);
        _expected = block.IsLast ? 0 : _expected + 1;
        note = $"{_octets.Count} so far";
        return block.IsLast ? [.. _octets] : [];
    }

    private bool BeginsWith(ReadOnlySpan<byte> data) =>
        data.Length <= _octets.Count && CollectionsMarshal.AsSpan(_octets)[..data.Length].SequenceEqual(data);
}
