using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class WireNamesTests
{
    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("application/grpc; charset=utf-8", true)]
    [InlineData("application/grpc+proto;v=1", true)]
    [InlineData("Application/GRPC", true)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/grpc-web+proto", false)]
    [InlineData("application/grpc+json", false)]
    [InlineData("application/grpcx", false)]
    [InlineData("application/json", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_gRPC_with_protocol_buffers_is_taken(string? contentType, bool expected) =>
        WireNames.IsGrpcContentType(contentType).Should().Be(expected);
}
