using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;

namespace DeviceHarness.Rpc.Server;

/// <inheritdoc cref="IGrpcServerBuilder"/>
internal sealed class GrpcServerBuilder(IServiceCollection services) : IGrpcServerBuilder
{
    public IServiceCollection Services { get; } = services;
}
