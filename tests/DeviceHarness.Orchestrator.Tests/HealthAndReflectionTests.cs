using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.Store;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Microsoft.Data.Sqlite;
using Xunit;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace DeviceHarness.Orchestrator.Tests;

public sealed class HealthAndReflectionTests
{
    [Fact]
    public async Task The_server_and_each_of_its_services_serve_from_the_start()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(bench.Host.Address);
        Health.HealthClient health = new(channel);

        foreach (string name in (string[])["", HarnessService.Descriptor.FullName, RigService.Descriptor.FullName])
        {
            (await CheckAsync(health, name)).Should().Be(ServingStatus.Serving, name);
        }

        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => CheckAsync(health, "nothing.v1.Nothing"));
        unknown.StatusCode.Should().Be(StatusCode.NotFound);
    }

    [Fact]
    public async Task Health_follows_the_store_and_watchers_are_told()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(bench.Host.Address);
        Health.HealthClient health = new(channel);
        using AsyncServerStreamingCall<HealthCheckResponse> watching = health.Watch(new HealthCheckRequest());
        ServingStatus before = await NextAsync(watching);
        using SqliteConnection other = new($"Data Source={Path.Combine(bench.Folder, OrchestratorHost.StoreFileName)}");
        other.Open();

        Run(other, "BEGIN IMMEDIATE");
        StoreException refusal = await Assert.ThrowsAsync<StoreException>(() => bench.PassAsync(bench.Options.HealthInterval));
        ServingStatus during = await NextAsync(watching);
        Run(other, "ROLLBACK");
        await bench.PassAsync(TimeSpan.Zero);
        ServingStatus after = await NextAsync(watching);

        refusal.Code.Should().Be("STORE-005");
        (before, during, after).Should().Be((ServingStatus.Serving, ServingStatus.NotServing, ServingStatus.Serving));
    }

    [Fact]
    public async Task A_client_learns_the_services_unless_that_is_switched_off()
    {
        await using OrchestratorBench open = await OrchestratorBench.StartAsync();
        await using OrchestratorBench closed = await OrchestratorBench.StartAsync(options => options with { IsReflected = false });

        string[] services = await ListAsync(open.Host.Address);
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => ListAsync(closed.Host.Address));

        services.Should().Contain([HarnessService.Descriptor.FullName, RigService.Descriptor.FullName, Health.Descriptor.FullName]);
        refusal.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    private static async Task<ServingStatus> CheckAsync(Health.HealthClient health, string service) =>
        (await health.CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.DefaultTimeout()).Status;

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watching)
    {
        (await watching.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout()).Should().BeTrue();
        return watching.ResponseStream.Current.Status;
    }

    private static async Task<string[]> ListAsync(string address)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(address);
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" }).DefaultTimeout();
        await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout();
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name)];
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
