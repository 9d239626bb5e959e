using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Cli.Firmware;

/// <summary>Octets that stand in for firmware on virtual devices: the same for the same label, different for another.</summary>
internal static class MadeUpPayload
{
    /// <summary>Makes them: SHA-256 of the label and a counter, block after block.</summary>
    public static byte[] Of(string label, int octets)
    {
        byte[] seed = Encoding.UTF8.GetBytes(label);
        byte[] block = [.. seed, 0, 0, 0, 0];
        byte[] payload = new byte[octets];
        for (int offset = 0; offset < octets; offset += SHA256.HashSizeInBytes)
        {
            BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(seed.Length), offset);
            byte[] hash = SHA256.HashData(block);
            hash.AsSpan(0, Math.Min(hash.Length, octets - offset)).CopyTo(payload.AsSpan(offset));
        }

        return payload;
    }
}
