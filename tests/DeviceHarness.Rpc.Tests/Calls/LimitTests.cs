using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class LimitTests : EchoFixture
{
    private const int Limit = 1000;
    private const int FieldHeader = 3;

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    public async Task The_server_takes_a_message_up_to_its_limit(int octets, bool passes)
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = Limit);
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);

        StatusCode code = await CodeAsync(channel, Request(octets));

        code.Should().Be(passes ? StatusCode.OK : StatusCode.ResourceExhausted);
    }

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    public async Task The_server_sends_a_message_up_to_its_limit(int octets, bool passes)
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.MaxSendMessageSize = Limit);
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);

        StatusCode code = await CodeAsync(channel, Request(octets));

        code.Should().Be(passes ? StatusCode.OK : StatusCode.ResourceExhausted);
    }

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    public async Task The_client_takes_a_message_up_to_its_limit(int octets, bool passes)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions { MaxReceiveMessageSize = Limit });

        StatusCode code = await CodeAsync(channel, Request(octets));

        code.Should().Be(passes ? StatusCode.OK : StatusCode.ResourceExhausted);
    }

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    public async Task The_client_sends_a_message_up_to_its_limit(int octets, bool passes)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions { MaxSendMessageSize = Limit });

        StatusCode code = await CodeAsync(channel, Request(octets));

        code.Should().Be(passes ? StatusCode.OK : StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Four_MiB_is_the_default_and_null_lifts_it()
    {
        const int octets = 5_000_000;
        await using EchoHost host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = null);
        using GrpcChannel limited = GrpcChannel.ForAddress(host.Address);
        using GrpcChannel open = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });

        (await CodeAsync(Channel, Request(octets))).Should().Be(StatusCode.ResourceExhausted);
        (await CodeAsync(limited, Request(octets))).Should().Be(StatusCode.ResourceExhausted);
        (await CodeAsync(open, Request(octets))).Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task A_stream_goes_on_after_a_message_that_was_too_long_to_send()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions { MaxSendMessageSize = Limit });
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();

        Func<Task> tooLong = () => call.RequestStream.WriteAsync(Request(Limit + 1)).DefaultTimeout();
        await tooLong.Should().ThrowAsync<RpcException>();
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 5 }).DefaultTimeout();

        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        call.ResponseStream.Current.Number.Should().Be(5);
    }

    [Fact]
    public async Task A_text_longer_than_header_lists_allow_is_cut()
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(() =>
            Client.UnaryAsync(new EchoRequest { FailCode = 3, FailText = new string('x', 100_000) }).ResponseAsync.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.InvalidArgument);
        error.Status.Detail.Should().HaveLength(6144);
    }

    private static EchoRequest Request(int messageOctets)
    {
        int header = messageOctets > 16_384 ? FieldHeader + 1 : FieldHeader;
        return new EchoRequest { Payload = ByteString.CopyFrom(new byte[messageOctets - header]) };
    }

    private static async Task<StatusCode> CodeAsync(GrpcChannel channel, EchoRequest request)
    {
        try
        {
            await new EchoService.EchoServiceClient(channel).UnaryAsync(request).ResponseAsync.DefaultTimeout();
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
