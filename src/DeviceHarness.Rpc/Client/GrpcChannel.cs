using DeviceHarness.Rpc.Client;
using DeviceHarness.Rpc.Hosting;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>A channel to one server over HTTP/2. Thread safe; connections are opened when needed and shared by all calls.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly HttpMessageInvoker _invoker;
    private int _disposeCalled;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        Options = options;
        Disposed = _disposed.Token;
        _invoker = options.HttpHandler is null
            ? new HttpMessageInvoker(GrpcHandler.Create(KeepAlive.Default), disposeHandler: true)
            : new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    /// <summary>Fires when the channel is disposed of.</summary>
    internal CancellationToken Disposed { get; }

    /// <summary>A channel with default options.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address.</param>
    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address), new GrpcChannelOptions());

    /// <summary>A channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address.</param>
    /// <param name="channelOptions">How it works; read now and by calls, so not to be changed afterwards.</param>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel with default options.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address.</param>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel.</summary>
    /// <param name="address">An <c>http</c> or <c>https</c> address.</param>
    /// <param name="channelOptions">How it works; read now and by calls, so not to be changed afterwards.</param>
    /// <exception cref="ArgumentException">The address is of another scheme.</exception>
    /// <exception cref="InvalidOperationException">The credentials contradict the address.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        bool secure = address.Scheme == Uri.UriSchemeHttps;
        if (!secure && address.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"a channel needs an http or https address; '{address}' is neither", nameof(address));
        }

        if (channelOptions.Credentials is ChannelCredentials credentials && credentials.IsSecure != secure)
        {
            throw new InvalidOperationException(
                $"the address '{address}' and the channel credentials disagree about TLS: "
                + $"use https with {nameof(ChannelCredentials.SecureSsl)}");
        }

        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(Disposed.IsCancellationRequested, this);
        return new HttpCallInvoker(this);
    }

    /// <summary>Cancels the calls under way and closes the channel's own connections.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposeCalled, 1) != 0)
        {
            return;
        }

        _disposed.Cancel();
        _invoker.Dispose();
        _disposed.Dispose();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
