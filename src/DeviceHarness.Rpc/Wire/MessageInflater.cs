using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;
using Grpc.Net.Compression;

namespace DeviceHarness.Rpc.Wire;

/// <summary>Decompresses one message, never past a limit: a few octets can stand for gigabytes.</summary>
/// <remarks>Length of a gzip member: RFC 1952, clause 2.3.1, ISIZE.</remarks>
internal static class MessageInflater
{
    private const int FirstRoomOctets = 4096;

    /// <summary>The payload in a buffer to be disposed of.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: it is longer than the limit. INTERNAL: it is not in that encoding.</exception>
    public static FrameBuffer Inflate(in ReadOnlySequence<byte> compressed, ICompressionProvider provider, uint limitOctets)
    {
        using MemoryStream source = new(compressed.ToArray(), writable: false);
        using Stream stream = provider.CreateDecompressionStream(source);
        FrameBuffer target = new(limitOctets: null);
        try
        {
            long total = 0;
            int read;
            do
            {
                Span<byte> room = target.GetSpan(FirstRoomOctets);
                room = room[..(int)Math.Min(room.Length, limitOctets - total + 1)];
                read = stream.Read(room);
                total += read;
                if (total > limitOctets)
                {
                    throw new RpcException(new Status(
                        StatusCode.ResourceExhausted,
                        $"a message is longer than {limitOctets} octets when decompressed, which is the limit"));
                }

                target.Advance(read);
            }
            while (read > 0);

            CheckLength(compressed, provider, total);
            target.Complete();
            return target;
        }
        catch (InvalidDataException exception)
        {
            target.Dispose();
            throw new RpcException(new Status(StatusCode.Internal, $"a message is not valid {provider.EncodingName}", exception));
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    // The platform's stream takes a gzip member that is cut short for one that is whole. Its last field tells; peers send one member.
    private static void CheckLength(in ReadOnlySequence<byte> compressed, ICompressionProvider provider, long total)
    {
        if (provider is not GzipCompressionProvider)
        {
            return;
        }

        Span<byte> statedLength = stackalloc byte[sizeof(uint)];
        if (compressed.Length < statedLength.Length)
        {
            throw new InvalidDataException("a gzip member is longer than this");
        }

        compressed.Slice(compressed.Length - statedLength.Length).CopyTo(statedLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(statedLength) != (uint)total)
        {
            throw new InvalidDataException("the gzip member does not have the length that it states");
        }
    }
}
