using System.Globalization;
using System.Net;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

/// <summary>The client against servers that break the rules.</summary>
public sealed class ClientRulesTests
{
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(302, StatusCode.Unknown)]
    public async Task An_HTTP_error_becomes_a_status(int http, StatusCode expected) =>
        (await CallAsync(context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        })).StatusCode.Should().Be(expected);

    [Theory]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x0, StatusCode.Internal)]
    public async Task A_reset_becomes_a_status(int code, StatusCode expected) =>
        (await CallAsync(async context =>
        {
            await BeginAsync(context, "");
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        })).StatusCode.Should().Be(expected);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/grpc-web")]
    public async Task Another_content_type_is_unknown(string contentType) =>
        (await CallAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync("hello");
        })).StatusCode.Should().Be(StatusCode.Unknown);

    [Theory]
    [InlineData("00 00000000", null, StatusCode.Unknown)]
    [InlineData("00 00000000", "99", StatusCode.Unknown)]
    [InlineData("00 00000000", "words", StatusCode.Unknown)]
    [InlineData("00 00000000", "5", StatusCode.NotFound)]
    [InlineData("", "0", StatusCode.Internal)]
    [InlineData("00 00000000 00 00000000", "0", StatusCode.Internal)]
    [InlineData("00 00000009 08", "0", StatusCode.Internal)]
    [InlineData("07 00000000", "0", StatusCode.Internal)]
    [InlineData("01 00000000", "0", StatusCode.Internal)]
    [InlineData("00 00000002 FFFF", "0", StatusCode.Internal)]
    [InlineData("00 FFFFFFFF", "0", StatusCode.ResourceExhausted)]
    public async Task A_malformed_response_becomes_a_status(string body, string? status, StatusCode expected) =>
        (await CallAsync(async context =>
        {
            await BeginAsync(context, body);
            if (status is not null)
            {
                context.Response.AppendTrailer("grpc-status", status);
            }
        })).StatusCode.Should().Be(expected);

    [Fact]
    public async Task An_encoding_that_was_not_offered_is_unimplemented() =>
        (await CallAsync(async context =>
        {
            context.Response.Headers["grpc-encoding"] = "snappy";
            await BeginAsync(context, "01 00000000");
        })).StatusCode.Should().Be(StatusCode.Unimplemented);

    [Fact]
    public async Task A_status_in_the_headers_counts_with_its_text_and_metadata()
    {
        RpcException error = await CallAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = ((int)StatusCode.OutOfRange).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = "50%25 %C3%A9 %zz";
            context.Response.Headers["x-why"] = "because";
            return Task.CompletedTask;
        });

        error.Status.Should().Be(new Status(StatusCode.OutOfRange, "50% é %zz"));
        error.Trailers.GetValue("x-why").Should().Be("because");
    }

    [Fact]
    public async Task The_status_of_an_HTTP_error_counts_before_its_code() =>
        (await CallAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["grpc-status"] = "9";
            return Task.CompletedTask;
        })).StatusCode.Should().Be(StatusCode.FailedPrecondition);

    [Fact]
    public async Task The_request_is_as_the_protocol_wants_it()
    {
        TaskCompletionSource<(string Method, string Protocol, IHeaderDictionary Headers)> seen = new();
        await CallAsync(
            context =>
            {
                HeaderDictionary headers = new(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase));
                seen.SetResult((context.Request.Method, context.Request.Protocol, headers));
                return Task.CompletedTask;
            },
            new Metadata { { "x-octets-bin", [1] }, { "te", "dropped" } },
            DateTime.SpecifyKind(DateTime.MaxValue.AddDays(-1), DateTimeKind.Utc));

        (string method, string protocol, IHeaderDictionary headers) = await seen.Task.DefaultTimeout();

        method.Should().Be("POST");
        protocol.Should().Be("HTTP/2");
        headers.ContentType.Should().Equal("application/grpc");
        headers.TE.Should().Equal("trailers");
        headers["grpc-accept-encoding"].Should().Equal("identity,gzip");
        headers["x-octets-bin"].Should().Equal("AQ");
        headers["grpc-timeout"].ToString().Should().MatchRegex("^[0-9]{1,8}H$");
        headers.UserAgent.ToString().Should().StartWith("grpc-");
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("file:///tmp")]
    public void Only_http_addresses_are_taken(string address)
    {
        Action create = () => GrpcChannel.ForAddress(address);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Credentials_must_agree_with_the_address()
    {
        Action create = () => GrpcChannel.ForAddress(
            "http://127.0.0.1:1", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl });

        create.Should().Throw<InvalidOperationException>();
        GrpcChannel.ForAddress("https://127.0.0.1:1", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }).Dispose();
    }

    private static async Task BeginAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.BodyWriter.WriteAsync(body.Octets());
        await context.Response.BodyWriter.FlushAsync();
    }

    private static async Task<RpcException> CallAsync(RequestDelegate serve, Metadata? headers = null, DateTime? deadline = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using WebApplication application = builder.Build();
        application.Run(serve);
        await application.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(application.Urls.Single());
        AsyncUnaryCall<EchoReply> call = new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest(), headers, deadline);
        return await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.DefaultTimeout());
    }
}
