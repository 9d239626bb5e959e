using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Rpc.Client;

/// <summary>One call of a client, from its request to its status. It ends exactly once: by status, fault, token, deadline or
/// disposal.</summary>
internal sealed class ClientCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private const int ReadBufferOctets = 32 * 1024;
    private const string UserAgent = "grpc-deviceharness/1";

    /// <summary>How long a failed write waits for the read side to learn the status. It passes only where nobody reads.</summary>
    private static readonly TimeSpan WriteFailureGrace = TimeSpan.FromSeconds(5);

    private static readonly Version Http2 = HttpVersion.Version20;

    private readonly GrpcChannel _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly string? _host;
    private readonly CallOptions _options;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<CallResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<MessageReader<TResponse>?> _response = Task.FromResult<MessageReader<TResponse>?>(null);
    private RequestStreamContent? _requestStream;
    private HttpResponseMessage? _httpResponse;
    private PipeReader? _pipe;
    private CappedTimer? _deadlineTimer;
    private CancellationTokenRegistration _tokenRegistration;
    private CancellationTokenRegistration _channelRegistration;

    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        _channel = channel;
        _method = method;
        _host = host;
        _options = options;
        Ended = _ended.Token;
        Compressor = FindCompressor(channel, options);
        Observe(_headers.Task);
    }

    /// <summary>Fires when the call has ended, whoever ended it.</summary>
    public CancellationToken Ended { get; }

    public Task<Metadata> ResponseHeadersAsync => _headers.Task;

    public WriteOptions? DefaultWriteOptions => _options.WriteOptions;

    /// <summary>What compresses the requests; null: nothing.</summary>
    public MessageCompressor? Compressor { get; }

    /// <summary>Sends the request.</summary>
    public void StartWithSingleRequest(TRequest request)
    {
        FrameBuffer frame;
        try
        {
            frame = FrameBuffer.Of(
                request,
                _method.RequestMarshaller.ContextualSerializer,
                _channel.Options.MaxSendMessageSize,
                MessageCompressor.Unless(_options.WriteOptions, Compressor));
        }
        catch (RpcException exception)
        {
            End(exception.Status, Metadata.Empty, endedHere: false);
            return;
        }

        Start(new SingleRequestContent(frame));
    }

    /// <summary>Opens the request stream.</summary>
    public ClientStreamWriter<TRequest, TResponse> StartWithRequestStream()
    {
        _requestStream = new RequestStreamContent();
        Start(_requestStream);
        return new ClientStreamWriter<TRequest, TResponse>(
            this, _requestStream, _method.RequestMarshaller.ContextualSerializer, _channel.Options.MaxSendMessageSize);
    }

    /// <summary>The only response of the call; its failure counts as seen even when nobody looks.</summary>
    public Task<TResponse> ReadSingleResponse()
    {
        Task<TResponse> response = ReadSingleResponseAsync();
        Observe(response);
        return response;
    }

    /// <summary>The next response; null at the end of a call that ended well.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<TResponse?> ReadNextAsync()
    {
        MessageReader<TResponse>? reader = await _response.ConfigureAwait(false);
        if (reader is not null && !_result.Task.IsCompleted)
        {
            try
            {
                if (await reader.ReadAsync(Ended).ConfigureAwait(false))
                {
                    return reader.Current;
                }

                EndFromTrailers(messageMissing: false);
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                End(ErrorMapping.FromException(exception), Metadata.Empty, endedHere: false);
            }

            _pipe!.Complete();
        }

        CallResult result = await _result.Task.ConfigureAwait(false);
        return result.Status.StatusCode == StatusCode.OK ? null : throw CreateException(result);
    }

    /// <summary>Cancels the call when the token fires.</summary>
    public CancellationTokenRegistration CancelWith(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => ((ClientCall<TRequest, TResponse>)state!).Cancel(), this);

    /// <exception cref="RpcException">The call has ended.</exception>
    public void ThrowIfEnded()
    {
        if (_result.Task.IsCompletedSuccessfully)
        {
            throw CreateException(_result.Task.Result);
        }
    }

    /// <summary>What a writer throws after its write failed: the status of the call, which the read side learns a little later.</summary>
    public async Task<Exception> WriteFailedAsync(Exception failure)
    {
        Task grace = Task.Delay(WriteFailureGrace, _channel.Options.TimeProvider, Ended);
        await Task.WhenAny(_result.Task, grace).ConfigureAwait(false);
        return _result.Task.IsCompletedSuccessfully
            ? CreateException(_result.Task.Result)
            : new RpcException(ErrorMapping.FromException(failure));
    }

    public Status GetStatus() => Result("status").Status;

    public Metadata GetTrailers() => Result("trailers").Trailers;

    public void Dispose() => End(new Status(StatusCode.Cancelled, "the call was disposed of"), Metadata.Empty, endedHere: true);

    private static void Observe(Task task) => task.ContinueWith(
        static faulted => _ = faulted.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static MessageCompressor? FindCompressor(GrpcChannel channel, in CallOptions options)
    {
        string? encoding = options.Headers?.GetValue(Encodings.RequestName);
        return encoding is null or WireNames.Identity
            ? null
            : new MessageCompressor(
                Encodings.Find(channel.Options.Encodings, encoding)
                    ?? throw new InvalidOperationException($"the channel has no compression provider for '{encoding}'"),
                level: null);
    }

    // A peer that resets the connection in the moment in which it is made shows as a bare SocketException: the platform does not wrap it.
    private static bool IsFailure(Exception exception) => exception
        is RpcException or IOException or OperationCanceledException or HttpRequestException or ObjectDisposedException
        or AuthenticationException or InvalidOperationException or NotSupportedException or SocketException;

    private void Start(HttpContent content)
    {
        HttpRequestMessage request = CreateRequest(content);
        if (!StartDeadline(request))
        {
            return;
        }

        _tokenRegistration = CancelWith(_options.CancellationToken);
        _channelRegistration = _channel.Disposed.UnsafeRegister(
            static state => ((ClientCall<TRequest, TResponse>)state!).EndWithChannel(), this);
        if (_result.Task.IsCompleted)
        {
            ReleaseTriggers();
            return;
        }

        _response = SendAsync(request);
    }

    private HttpRequestMessage CreateRequest(HttpContent content)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(_channel.Address, _method.FullName))
        {
            Version = Http2,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.TryAddWithoutValidation(WireNames.ContentType, WireNames.GrpcContentType);
        request.Headers.Host = _host;
        request.Headers.TryAddWithoutValidation(WireNames.Te, WireNames.Trailers);
        request.Headers.TryAddWithoutValidation(WireNames.UserAgent, UserAgent);
        request.Headers.TryAddWithoutValidation(WireNames.AcceptEncoding, Encodings.Accepted(_channel.Options.Encodings));
        if (Compressor is not null)
        {
            request.Headers.TryAddWithoutValidation(WireNames.Encoding, Compressor.EncodingName);
        }

        foreach (Metadata.Entry entry in _options.Headers ?? Metadata.Empty)
        {
            if (MetadataRules.TryToWire(entry, out string value))
            {
                request.Headers.TryAddWithoutValidation(entry.Key, value);
            }
        }

        return request;
    }

    private bool StartDeadline(HttpRequestMessage request)
    {
        if (_options.Deadline is not DateTime deadline || deadline == DateTime.MaxValue)
        {
            return true;
        }

        if (deadline.Kind != DateTimeKind.Utc && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException("a deadline must be in UTC");
        }

        TimeProvider timeProvider = _channel.Options.TimeProvider;
        TimeSpan remaining = deadline - timeProvider.GetUtcNow().UtcDateTime;
        if (remaining <= TimeSpan.Zero)
        {
            EndWithDeadline();
            return false;
        }

        request.Headers.TryAddWithoutValidation(WireNames.Timeout, TimeoutText.Encode(remaining));
        _deadlineTimer = new CappedTimer(timeProvider, remaining, EndWithDeadline);
        return true;
    }

    private async Task<MessageReader<TResponse>?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            HttpResponseMessage response = await _channel.SendAsync(request, Ended).ConfigureAwait(false);
            Interlocked.Exchange(ref _httpResponse, response);
            if (_result.Task.IsCompleted)
            {
                response.Dispose();
                return null;
            }

            Metadata headers = ResponseParser.ReadMetadata(response.Headers);
            _headers.TrySetResult(headers);
            if (ResponseParser.Refusal(response) is Status refusal)
            {
                EndWithoutBody(refusal, headers);
                return null;
            }

            Stream body = await response.Content.ReadAsStreamAsync(Ended).ConfigureAwait(false);
            _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: ReadBufferOctets, useZeroByteReads: true));
            return new MessageReader<TResponse>(
                _pipe,
                _method.ResponseMarshaller.ContextualDeserializer,
                _channel.Options.MaxReceiveMessageSize,
                ResponseParser.First(response.Headers, WireNames.Encoding),
                _channel.Options.Encodings);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            End(ErrorMapping.FromException(exception), Metadata.Empty, endedHere: false);
            return null;
        }
    }

    private async Task<TResponse> ReadSingleResponseAsync()
    {
        MessageReader<TResponse>? reader = await _response.ConfigureAwait(false);
        TResponse? message = null;
        if (reader is not null && !_result.Task.IsCompleted)
        {
            try
            {
                if (await reader.ReadAsync(Ended).ConfigureAwait(false))
                {
                    message = reader.Current;
                    if (await reader.ReadAsync(Ended).ConfigureAwait(false))
                    {
                        throw new RpcException(new Status(StatusCode.Internal, "one response was expected and more came"));
                    }
                }

                EndFromTrailers(messageMissing: message is null);
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                End(ErrorMapping.FromException(exception), Metadata.Empty, endedHere: false);
            }

            _pipe!.Complete();
        }

        CallResult result = await _result.Task.ConfigureAwait(false);
        return result.Status.StatusCode == StatusCode.OK && message is not null ? message : throw CreateException(result);
    }

    private void EndFromTrailers(bool messageMissing)
    {
        HttpResponseMessage response = _httpResponse!;
        Status status = ResponseParser.ReadStatus(response.TrailingHeaders)
            ?? new Status(StatusCode.Unknown, "the server ended the stream without a status");
        if (messageMissing && status.StatusCode == StatusCode.OK)
        {
            status = MissingResponse;
        }

        End(status, ResponseParser.ReadMetadata(response.TrailingHeaders), endedHere: false);
    }

    private void EndWithoutBody(Status status, Metadata headers)
    {
        bool responseExpected = _method.Type is MethodType.Unary or MethodType.ClientStreaming;
        End(responseExpected && status.StatusCode == StatusCode.OK ? MissingResponse : status, headers, endedHere: false);
    }

    private static Status MissingResponse => new(StatusCode.Internal, "the call ended well without the response it owes");

    private void Cancel() => End(new Status(StatusCode.Cancelled, "the call was cancelled by its client"), Metadata.Empty, endedHere: true);

    private void EndWithChannel() =>
        End(new Status(StatusCode.Cancelled, "the channel was disposed of"), Metadata.Empty, endedHere: true);

    private void EndWithDeadline() =>
        End(new Status(StatusCode.DeadlineExceeded, "the deadline has passed"), Metadata.Empty, endedHere: true);

    private void End(Status status, Metadata trailers, bool endedHere)
    {
        CallResult result = new(status, trailers, endedHere);
        if (!_result.TrySetResult(result))
        {
            return;
        }

        ReleaseTriggers();
        if (status.StatusCode == StatusCode.OK)
        {
            _headers.TrySetResult([]);
        }
        else
        {
            _headers.TrySetException(CreateException(result));
        }

        // First whoever waits inside, then the stream: a response that was not read to its end is reset by this.
        _ended.Cancel();
        Volatile.Read(ref _httpResponse)?.Dispose();
        _requestStream?.Complete();
    }

    private void ReleaseTriggers()
    {
        _deadlineTimer?.Dispose();
        _tokenRegistration.Unregister();
        _channelRegistration.Unregister();
    }

    private CallResult Result(string wanted) => _result.Task.IsCompletedSuccessfully
        ? _result.Task.Result
        : throw new InvalidOperationException($"the {wanted} of a call is known only when the call has ended");

    private Exception CreateException(CallResult result)
    {
        RpcException exception = new(result.Status, result.Trailers);
        bool cancelled = result.EndedHere && result.Status.StatusCode is (StatusCode.Cancelled or StatusCode.DeadlineExceeded);
        return cancelled && _channel.Options.ThrowOperationCanceledOnCancellation
            ? new OperationCanceledException(result.Status.Detail, exception, _options.CancellationToken)
            : exception;
    }
}
