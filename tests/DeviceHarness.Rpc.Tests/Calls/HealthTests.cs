using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Health.V1;
using Xunit;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class HealthTests : EchoFixture
{
    private const string Service = "echo.v1.EchoService";

    private Health.HealthClient Doctor => new(Channel);

    [Theory]
    [InlineData("")]
    [InlineData(Service)]
    public async Task A_check_tells_what_was_set_last(string service)
    {
        HealthCheckRequest request = new() { Service = service };
        Host.Health.SetStatus(service, ServingStatus.Serving);
        HealthCheckResponse first = await Doctor.CheckAsync(request).ResponseAsync.DefaultTimeout();
        Host.Health.SetStatus(service, ServingStatus.NotServing);
        HealthCheckResponse second = await Doctor.CheckAsync(request).ResponseAsync.DefaultTimeout();

        first.Status.Should().Be(ServingStatus.Serving);
        second.Status.Should().Be(ServingStatus.NotServing);
    }

    [Fact]
    public async Task A_service_that_nobody_spoke_of_is_not_found()
    {
        Host.Health.SetStatus("other", ServingStatus.Serving);
        Host.Health.SetStatus(Service, ServingStatus.Serving);
        Host.Health.ClearStatus(Service);

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => Doctor.CheckAsync(new HealthCheckRequest { Service = Service }).ResponseAsync.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.NotFound);
        error.Status.Detail.Should().Contain(Service);
    }

    [Fact]
    public async Task A_watcher_is_told_the_status_and_each_change_of_its_own_service()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watching = Doctor.Watch(new HealthCheckRequest { Service = Service });
        List<ServingStatus> told = [await NextAsync(watching)];
        foreach (ServingStatus status in new[] { ServingStatus.Serving, ServingStatus.NotServing })
        {
            Host.Health.SetStatus("other", status);
            Host.Health.SetStatus(Service, status);
            told.Add(await NextAsync(watching));
        }

        Host.Health.SetStatus(Service, ServingStatus.NotServing);
        Host.Health.ClearAll();
        told.Add(await NextAsync(watching));

        told.Should().Equal(
            ServingStatus.ServiceUnknown, ServingStatus.Serving, ServingStatus.NotServing, ServingStatus.ServiceUnknown);
    }

    [Fact]
    public async Task A_watcher_is_told_when_the_server_stops()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watching = Doctor.Watch(new HealthCheckRequest());
        await NextAsync(watching);
        Task<bool> reading = watching.ResponseStream.MoveNext();

        await Host.Application.StopAsync().DefaultTimeout();

        (await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout())).StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watching)
    {
        (await watching.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        return watching.ResponseStream.Current.Status;
    }
}
