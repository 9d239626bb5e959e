using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class ReflectionTests : EchoFixture
{
    private const string Version1 = "grpc.reflection.v1";
    private const string VersionAlpha = "grpc.reflection.v1alpha";

    [Theory]
    [InlineData(Version1)]
    [InlineData(VersionAlpha)]
    public async Task All_mapped_services_are_listed(string version) =>
        (await AskAsync(version, new ServerReflectionRequest { ListServices = "*" }))
            .ListServicesResponse.Service.Select(service => service.Name).Should().Equal(
                "echo.v1.EchoService", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection");

    [Theory]
    [InlineData(Version1, "echo.v1.EchoService", "echo.proto")]
    [InlineData(VersionAlpha, "echo.v1.EchoService.Chat", "echo.proto")]
    [InlineData(Version1, "echo.v1.EchoRequest", "echo.proto")]
    [InlineData(Version1, "echo.v1.EchoRequest.fail_code", "echo.proto")]
    [InlineData(Version1, "grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto")]
    [InlineData(Version1, "grpc.reflection.v1alpha.ServerReflection", "grpc/reflection/v1alpha/reflection.proto")]
    [InlineData(VersionAlpha, "grpc.reflection.v1alpha.ExtensionRequest", "grpc/reflection/v1alpha/reflection.proto")]
    public async Task A_symbol_leads_to_its_file(string version, string symbol, string file)
    {
        ServerReflectionRequest request = new() { Host = "here", FileContainingSymbol = symbol };

        ServerReflectionResponse answer = await AskAsync(version, request);

        FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Name.Should().Be(file);
        answer.OriginalRequest.Should().Be(request);
        answer.ValidHost.Should().Be("here");
    }

    [Fact]
    public async Task A_file_comes_with_all_that_it_imports_and_can_be_built_from_that()
    {
        ServerReflectionResponse answer = await AskAsync(
            Version1, new ServerReflectionRequest { FileByFilename = "grpc/reflection/v1/reflection.proto" });

        IReadOnlyList<FileDescriptor> built =
            FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto.Reverse());
        built[^1].Services.Single().FullName.Should().Be("grpc.reflection.v1.ServerReflection");
    }

    [Fact]
    public async Task What_is_not_known_is_not_found_and_the_stream_goes_on()
    {
        ServerReflectionRequest[] unknown =
        [
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingSymbol = "nothing.Nothing" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "echo.v1.EchoRequest", ExtensionNumber = 100 } },
            new() { AllExtensionNumbersOfType = "nothing.Nothing" },
            new(),
            new() { AllExtensionNumbersOfType = "echo.v1.EchoRequest" },
        ];

        List<ServerReflectionResponse> answers = await AskAllAsync(Version1, unknown);

        answers.Select(answer => answer.ErrorResponse?.ErrorCode ?? 0).Should().Equal(5, 5, 5, 5, 12, 0);
        answers[^1].AllExtensionNumbersResponse.Should().Be(new ExtensionNumberResponse { BaseTypeName = "echo.v1.EchoRequest" });
    }

    [Fact]
    public void Mapping_it_without_adding_it_is_refused()
    {
        WebApplication application = WebApplication.CreateSlimBuilder().Build();

        Action map = () => application.MapGrpcReflectionService();

        map.Should().Throw<InvalidOperationException>().WithMessage("*AddGrpcReflection*");
    }

    private async Task<ServerReflectionResponse> AskAsync(string version, ServerReflectionRequest request) =>
        (await AskAllAsync(version, request)).Single();

    private async Task<List<ServerReflectionResponse>> AskAllAsync(string version, params ServerReflectionRequest[] requests)
    {
        // The older version has the same messages on the wire, so one set of classes asks both.
        Method<ServerReflectionRequest, ServerReflectionResponse> method = new(
            MethodType.DuplexStreaming,
            $"{version}.ServerReflection",
            "ServerReflectionInfo",
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, ServerReflectionRequest.Parser.ParseFrom),
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, ServerReflectionResponse.Parser.ParseFrom));
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
        List<ServerReflectionResponse> answers = [];
        foreach (ServerReflectionRequest request in requests)
        {
            await call.RequestStream.WriteAsync(request).DefaultTimeout();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();
        return answers;
    }
}
