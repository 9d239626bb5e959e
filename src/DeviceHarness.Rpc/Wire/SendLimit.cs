using Grpc.Core;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The send limit of one message.</summary>
internal static class SendLimit
{
    /// <exception cref="RpcException">The payload is longer than the limit.</exception>
    public static void Check(int payloadOctets, int? limitOctets)
    {
        if (payloadOctets > limitOctets)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"a message of {payloadOctets} octets was to be sent; the limit is {limitOctets}"));
        }
    }
}
