using System.Net;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class ServerRulesTests : EchoFixture
{
    private const string Unary = "/echo.v1.EchoService/Unary";

    private RawClient _raw = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _raw = RawClient.To(Host.Address);
    }

    public override async Task DisposeAsync()
    {
        _raw.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("", StatusCode.Internal)]
    [InlineData("00", StatusCode.Internal)]
    [InlineData("00 00000005 08", StatusCode.Internal)]
    [InlineData("00 00000000 00 00000000", StatusCode.Internal)]
    [InlineData("02 00000000", StatusCode.Internal)]
    [InlineData("01 00000000", StatusCode.Internal)]
    [InlineData("00 00000002 FFFF", StatusCode.Internal)]
    [InlineData("00 00400001", StatusCode.ResourceExhausted)]
    [InlineData("00 FFFFFFFF", StatusCode.ResourceExhausted)]
    [InlineData("00 00000000", StatusCode.OK)]
    public async Task A_unary_body_is_one_whole_plain_message(string body, StatusCode expected)
    {
        using HttpResponseMessage response = await _raw.PostAsync(Unary, new ByteArrayContent(body.Octets())).DefaultTimeout();

        (string? status, _) = await RawClient.StatusOfAsync(response).DefaultTimeout();
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        status.Should().Be(((int)expected).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_unknown_encoding_is_answered_with_those_that_are_known()
    {
        using HttpResponseMessage response = await _raw.PostAsync(
            Unary, new ByteArrayContent("01 00000000".Octets()), headers: ("grpc-encoding", "snappy")).DefaultTimeout();

        (string? status, string? message) = await RawClient.StatusOfAsync(response).DefaultTimeout();
        status.Should().Be("12");
        message.Should().Contain("snappy");
        response.Headers.GetValues("grpc-accept-encoding").Should().Equal("identity,gzip");
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task Variants_of_the_content_type_are_served(string contentType)
    {
        using HttpResponseMessage response =
            await _raw.PostAsync(Unary, new ByteArrayContent("00 00000000".Octets()), contentType).DefaultTimeout();

        (await RawClient.StatusOfAsync(response).DefaultTimeout()).Status.Should().Be("0");
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/grpc");
    }

    [Theory]
    [InlineData("application/grpc-web")]
    [InlineData("application/json")]
    public async Task Other_content_types_are_refused(string contentType)
    {
        using HttpResponseMessage response =
            await _raw.PostAsync(Unary, new ByteArrayContent("00 00000000".Octets()), contentType).DefaultTimeout();

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/echo.v1.EchoService/Nothing")]
    [InlineData("/nothing.v1.Nothing/Unary")]
    public async Task Unknown_methods_and_services_are_unimplemented(string path)
    {
        using HttpResponseMessage response = await _raw.PostAsync(path, new ByteArrayContent("00 00000000".Octets())).DefaultTimeout();

        (string? status, string? message) = await RawClient.StatusOfAsync(response).DefaultTimeout();
        status.Should().Be("12");
        message.Should().Contain(path);
    }

    [Fact]
    public async Task A_path_that_is_no_call_stays_with_the_application()
    {
        using HttpResponseMessage response =
            await _raw.PostAsync("/some/page", new ByteArrayContent([]), "text/plain").DefaultTimeout();

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Unknown_services_can_be_left_to_the_application()
    {
        await using EchoHost host = await EchoHost.StartAsync(options => options.IgnoreUnknownServices = true);
        using RawClient raw = new(host.Address);

        using HttpResponseMessage response =
            await raw.PostAsync("/nothing.v1.Nothing/Unary", new ByteArrayContent("00 00000000".Octets())).DefaultTimeout();

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("123456789S")]
    [InlineData("-1S")]
    [InlineData("99999999H")]
    public async Task An_unreadable_or_endless_timeout_leaves_the_call_alone(string timeout)
    {
        using HttpResponseMessage response = await _raw.PostAsync(
            Unary, new ByteArrayContent("00 00000000".Octets()), headers: ("grpc-timeout", timeout)).DefaultTimeout();

        (await RawClient.StatusOfAsync(response).DefaultTimeout()).Status.Should().Be("0");
    }

    [Fact]
    public async Task Joined_and_unreadable_binary_metadata_is_taken_apart()
    {
        HttpContent message = RawClient.Frame(new EchoRequest { ReturnMetadata = true });

        using HttpResponseMessage response = await _raw.PostAsync(
            Unary, message, headers: [("x-a-bin", "AQ,AgM="), ("x-b-bin", "!!!!"), ("grpc-own", "1")])
            .DefaultTimeout();

        await RawClient.StatusOfAsync(response).DefaultTimeout();
        response.Headers.GetValues("x-a-bin").Should().Equal("AQ", "AgM");
        response.Headers.Contains("x-b-bin").Should().BeFalse();
        response.TrailingHeaders.GetValues("trailer-x-a-bin").Should().Equal("AQ", "AgM");
    }

    [Fact]
    public async Task A_status_without_a_message_comes_in_the_headers()
    {
        HttpContent message = RawClient.Frame(new EchoRequest { FailCode = (int)StatusCode.NotFound, FailText = "é" });

        using HttpResponseMessage response = await _raw.PostAsync(Unary, message).DefaultTimeout();

        response.Headers.GetValues("grpc-status").Should().Equal("5");
        response.Headers.GetValues("grpc-message").Should().Equal("%C3%A9");
        (await response.Content.ReadAsByteArrayAsync().DefaultTimeout()).Should().BeEmpty();
    }
}
