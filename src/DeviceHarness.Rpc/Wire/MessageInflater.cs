using System.Buffers;
using Grpc.Core;
using Grpc.Net.Compression;

namespace DeviceHarness.Rpc.Wire;

/// <summary>Decompresses one message, never past a limit: a few octets can stand for gigabytes.</summary>
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
                        StatusCode.ResourceExhausted, $"a message is longer than {limitOctets} octets when decompressed, which is the limit"));
                }

                target.Advance(read);
            }
            while (read > 0);

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
}
