using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using DeviceHarness.Rpc.Wire;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace DeviceHarness.Rpc.Server;

/// <summary>The only way to the response: headers, messages and status pass one after the other, whoever sends them.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The semaphore has no wait handle, and what a handler left behind may still come to it.")]
internal sealed class ResponseGate(HttpContext http, GrpcServiceOptions options, TimeProvider timeProvider)
{
    /// <summary>How many octets may wait for a flush after writes with <see cref="WriteFlags.BufferHint"/>.</summary>
    public const int MaxUnflushedOctets = 64 * 1024;

    /// <summary>How long an early end waits for what was written before it resets the stream. A client that reads takes it at once, so
    /// this is long: a machine that stands still for a second must not cost the client its status.</summary>
    public static readonly TimeSpan EarlyEndGrace = TimeSpan.FromSeconds(3);

    private const int ResetCancel = 0x8;
    private const int ResetInternalError = 0x2;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ResponseSerializer? _serializer;
    private MessageCompressor? _compressor;
    private int _unflushedOctets;
    private bool _started;
    private bool _completed;

    /// <summary>Sends the response headers at once.</summary>
    /// <exception cref="InvalidOperationException">The response has begun.</exception>
    /// <exception cref="OperationCanceledException">The call has ended.</exception>
    public async Task WriteHeadersAsync(Metadata headers, CancellationToken callToken)
    {
        await _gate.WaitAsync(callToken).ConfigureAwait(false);
        try
        {
            if (_started)
            {
                throw new InvalidOperationException("the response headers have been sent");
            }

            ThrowIfCompleted(callToken);
            Start(headers.GetValue(Encodings.RequestName));
            AppendAll(http.Response.Headers, headers);
            FlushResult flushed = await http.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            ThrowIfGone(flushed, callToken);
        }
        catch (IOException exception)
        {
            throw PeerGone.Exception(exception, callToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends one message.</summary>
    /// <exception cref="RpcException">It is too long; the response is untouched.</exception>
    /// <exception cref="OperationCanceledException">The call has ended or its client is gone.</exception>
    public async Task WriteMessageAsync<T>(
        T message, Action<T, SerializationContext> serializer, WriteOptions? writeOptions, CancellationToken callToken)
    {
        await _gate.WaitAsync(callToken).ConfigureAwait(false);
        try
        {
            ThrowIfCompleted(callToken);
            Serialize(message, serializer, writeOptions);
            bool flush = writeOptions is null || !writeOptions.Flags.HasFlag(WriteFlags.BufferHint);
            if (flush || _unflushedOctets >= MaxUnflushedOctets)
            {
                _unflushedOctets = 0;

                // Never with a token: the server answers a cancelled flush with a reset.
                FlushResult flushed = await http.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                ThrowIfGone(flushed, callToken);
            }
        }
        catch (IOException exception)
        {
            throw PeerGone.Exception(exception, callToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the response with a status, if it has not ended.</summary>
    public async Task CompleteAsync(Status status, Metadata trailers)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!_completed)
            {
                await SendStatusAsync(status, trailers).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the response beside a running handler: with a status, or with a reset when the client does not take what was
    /// written.</summary>
    public async Task EndEarlyAsync(Status status)
    {
        using CancellationTokenSource grace = new(EarlyEndGrace, timeProvider);
        try
        {
            await _gate.WaitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _completed = true;
            Reset(ResetCancel);
            return;
        }

        using CancellationTokenRegistration stuck =
            grace.Token.UnsafeRegister(static gate => ((ResponseGate)gate!).Reset(ResetCancel), this);
        try
        {
            if (!_completed)
            {
                await SendStatusAsync(status, Metadata.Empty).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static void AppendAll(IHeaderDictionary target, Metadata metadata)
    {
        foreach (Metadata.Entry entry in metadata)
        {
            if (MetadataRules.TryToWire(entry, out string value))
            {
                target.Append(entry.Key, value);
            }
        }
    }

    private static void ThrowIfGone(FlushResult flushed, CancellationToken callToken)
    {
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw PeerGone.Exception(null, callToken);
        }

        callToken.ThrowIfCancellationRequested();
    }

    private void ThrowIfCompleted(CancellationToken callToken)
    {
        callToken.ThrowIfCancellationRequested();
        if (_completed)
        {
            throw new OperationCanceledException("the call has ended", callToken);
        }
    }

    private void Serialize<T>(T message, Action<T, SerializationContext> serializer, WriteOptions? writeOptions)
    {
        _serializer ??= new ResponseSerializer(http.Response.BodyWriter, options.MaxSendMessageSize);
        Start(encoding: null);
        MessageCompressor? compressor = MessageCompressor.Unless(writeOptions, _compressor);
        try
        {
            _unflushedOctets += compressor is null
                ? _serializer.Write(message, serializer)
                : _serializer.WriteCompressed(message, serializer, compressor);
        }
        finally
        {
            if (_serializer.IsBroken)
            {
                _completed = true;
                Reset(ResetInternalError);
            }
        }
    }

    private void Start(string? encoding)
    {
        if (_started)
        {
            return;
        }

        _started = true;
        http.Response.ContentType = WireNames.GrpcContentType;
        encoding ??= options.ResponseCompressionAlgorithm;
        if (Encodings.Find(options.CompressionProviders, encoding) is { } provider
            && Encodings.Accepts(http.Request.Headers[WireNames.AcceptEncoding], provider.EncodingName))
        {
            http.Response.Headers[WireNames.Encoding] = provider.EncodingName;
            _compressor = new MessageCompressor(provider, options.ResponseCompressionLevel);
        }
    }

    private async Task SendStatusAsync(Status status, Metadata trailers)
    {
        _completed = true;
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        IHeaderDictionary target;
        if (_started && http.Features.Get<IHttpResponseTrailersFeature>() is { } feature)
        {
            target = feature.Trailers;
        }
        else
        {
            Start(WireNames.Identity);
            target = http.Response.Headers;
        }

        target[WireNames.Status] = StatusText.Encode(status.StatusCode);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            target[WireNames.Message] = PercentText.Encode(status.Detail);
        }

        AppendAll(target, trailers);
        AdviseEncoding(status.StatusCode);
        try
        {
            await http.Response.CompleteAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client went while its status was on the way: nobody is left to tell.
        }
        catch (OperationCanceledException)
        {
            // The same, when this side closed the connection.
        }
    }

    private void AdviseEncoding(StatusCode code)
    {
        StringValues encoding = http.Request.Headers[WireNames.Encoding];
        if (code == StatusCode.Unimplemented && encoding.Count > 0 && encoding != WireNames.Identity && !http.Response.HasStarted)
        {
            http.Response.Headers[WireNames.AcceptEncoding] = Encodings.Accepted(options.CompressionProviders);
        }
    }

    private void Reset(int errorCode) => http.Features.Get<IHttpResetFeature>()?.Reset(errorCode);
}
