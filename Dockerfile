# A small image that serves Moderato on port 8000, its database in /data.
FROM python:3.13-slim
WORKDIR /srv/moderato
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN for catalogue in app/languages/*/LC_MESSAGES/messages.po; do \
      pybabel -q compile -i "$catalogue" -o "${catalogue%.po}.mo"; done \
    && pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && useradd --system --uid 10001 moderato && install -d -o moderato /data
USER moderato
ENV HOST=0.0.0.0 PORT=8000 DATA=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["moderato", "run"]
